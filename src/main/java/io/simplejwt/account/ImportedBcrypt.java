package io.simplejwt.account;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** bcrypt as OpenBSD writes it. It reads 72 bytes of a password: that is how the hash was made. */
record ImportedBcrypt(String text) implements ImportedHash {
  static final int MOST_COST = 13;
  private static final int LEAST_COST = 4;
  private static final Pattern FORM =
      Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{31}");

  ImportedBcrypt {
    Objects.requireNonNull(text);
  }

  static ImportedBcrypt parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || Integer.parseInt(form.group(1)) < LEAST_COST) {
      throw new IllegalArgumentException(
          "has a password_hash that is not bcrypt: use $2a$, $2b$ or $2y$ with 53 characters"
              + " behind the cost");
    }
    ImportedHash.requireAtMost("bcrypt's cost", Integer.parseInt(form.group(1)), MOST_COST);
    return new ImportedBcrypt(text);
  }

  @Override
  public boolean matches(String typed, Argon2 argon2) {
    return OpenBSDBCrypt.checkPassword(text, typed.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "ImportedBcrypt[***]";
  }
}
