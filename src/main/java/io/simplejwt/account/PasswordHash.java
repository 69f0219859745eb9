package io.simplejwt.account;

import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A hash with its parameters and salt, in the PHC string form that other tools read too. */
record PasswordHash(Argon2Parameters parameters, byte[] salt, byte[] tag) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})"
              + "\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  PasswordHash {
    Objects.requireNonNull(parameters);
    salt = salt.clone();
    tag = tag.clone();
  }

  static PasswordHash parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("a stored password hash has an unknown form");
    }
    byte[] tag = Base64.getDecoder().decode(form.group(5));
    return new PasswordHash(
        new Argon2Parameters(
            Integer.parseInt(form.group(1)),
            Integer.parseInt(form.group(2)),
            Integer.parseInt(form.group(3)),
            tag.length),
        Base64.getDecoder().decode(form.group(4)),
        tag);
  }

  String format() {
    Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            parameters.memory(),
            parameters.passes(),
            parameters.lanes(),
            encoder.encodeToString(salt),
            encoder.encodeToString(tag));
  }

  @Override
  public String toString() {
    return "PasswordHash[" + parameters + "]";
  }
}
