package io.simplejwt.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Claims as JSON, both ways. Reading is strict: each claim once, of its type, nothing behind. */
final class ClaimsJson {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(8)
                  .maxNumberLength(20)
                  .maxStringLength(StrictGate.LONGEST)
                  .build())
          .build();
  // 9999-12-31: what other verifiers' date types can hold.
  private static final long LAST_SECOND = 253_402_300_799L;

  private ClaimsJson() {}

  static String write(Claims claims) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("iss", claims.issuer());
      if (claims.audience().isPresent()) {
        json.writeStringField("aud", claims.audience().get());
      }
      json.writeStringField("sub", claims.accountId());
      json.writeStringField("email", claims.email());
      json.writeBooleanField("email_verified", claims.emailVerified());
      json.writeArrayFieldStart("groups");
      for (String role : claims.roles()) {
        json.writeString(role);
      }
      json.writeEndArray();
      json.writeNumberField("iat", claims.issuedAt().getEpochSecond());
      json.writeNumberField("nbf", claims.notBefore().getEpochSecond());
      json.writeNumberField("exp", claims.expiresAt().getEpochSecond());
      json.writeStringField("jti", claims.tokenId());
      json.writeStringField("sid", claims.sessionId());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.toString();
  }

  /** Nothing where a claim that every token of ours has is missing or of another type. */
  static Optional<Claims> read(byte[] payload) {
    if (!isPlainText(payload)) {
      return Optional.empty();
    }
    try (JsonParser json = JSON.createParser(payload)) {
      json.nextToken();
      Reading reading = new Reading();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        reading.take(name, json);
      }
      boolean ended = json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
      return ended ? Optional.of(reading.claims()) : Optional.empty();
    } catch (IOException | WrongClaim | NullPointerException e) {
      return Optional.empty();
    }
  }

  /**
   * UTF-8 that begins with its object: no byte order mark, and no UTF-16, which the parser would
   * guess (RFC 8259 §8.1).
   */
  private static boolean isPlainText(byte[] payload) {
    if (payload.length < 2 || payload[0] != '{' || payload[1] == 0) {
      return false;
    }
    for (byte b : payload) {
      if (b < 0) {
        return isUtf8(payload);
      }
    }
    return true; // ASCII, as nearly always
  }

  private static boolean isUtf8(byte[] text) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).hasRemaining();
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Of another type than its name demands. */
  private static final class WrongClaim extends RuntimeException {
    WrongClaim() {
      super(null, null, false, false);
    }
  }

  /** The claims seen so far; the record refuses to be made without those that must be there. */
  private static final class Reading {
    private final Set<String> unknown = new HashSet<>();
    private String issuer;
    private String audience;
    private String accountId;
    private String email;
    private Boolean emailVerified;
    private Set<String> roles;
    private Instant issuedAt;
    private Instant notBefore;
    private Instant expiresAt;
    private String tokenId;
    private String sessionId;

    void take(String name, JsonParser json) throws IOException {
      switch (name) {
        case "iss" -> issuer = once(issuer, text(json));
        case "aud" -> audience = once(audience, text(json));
        case "sub" -> accountId = once(accountId, text(json));
        case "email" -> email = once(email, text(json));
        case "email_verified" -> emailVerified = once(emailVerified, truth(json));
        case "groups" -> roles = once(roles, texts(json));
        case "iat" -> issuedAt = once(issuedAt, time(json));
        case "nbf" -> notBefore = once(notBefore, time(json));
        case "exp" -> expiresAt = once(expiresAt, time(json));
        case "jti" -> tokenId = once(tokenId, text(json));
        case "sid" -> sessionId = once(sessionId, text(json));
        default -> { // of a newer release, to be ignored (RFC 7519 §4)
          require(unknown.add(name));
          json.nextToken();
          json.skipChildren();
        }
      }
    }

    Claims claims() {
      return new Claims(
          issuer,
          Optional.ofNullable(audience),
          accountId,
          email,
          emailVerified,
          roles,
          issuedAt,
          notBefore,
          expiresAt,
          tokenId,
          sessionId);
    }

    /** RFC 7519 §4: a name stands once. */
    private static <T> T once(T seen, T value) {
      require(seen == null);
      return value;
    }

    /** One call for token and text: the parser's fast path. */
    private static String text(JsonParser json) throws IOException {
      String text = json.nextTextValue();
      require(text != null);
      return text;
    }

    private static Boolean truth(JsonParser json) throws IOException {
      require(json.nextToken().isBoolean());
      return json.getBooleanValue();
    }

    private static Set<String> texts(JsonParser json) throws IOException {
      require(json.nextToken() == JsonToken.START_ARRAY);
      String first = json.nextTextValue();
      if (first == null) {
        require(json.currentToken() == JsonToken.END_ARRAY);
        return Set.of(); // as most people have none
      }
      Set<String> texts = new HashSet<>();
      for (String text = first; text != null; text = json.nextTextValue()) {
        texts.add(text);
      }
      require(json.currentToken() == JsonToken.END_ARRAY);
      return texts;
    }

    /** RFC 7519 would allow fractions; we issue integers, so anything else is not ours. */
    private static Instant time(JsonParser json) throws IOException {
      require(json.nextToken() == JsonToken.VALUE_NUMBER_INT);
      long seconds = json.getLongValue();
      require(seconds >= 0 && seconds <= LAST_SECOND);
      return Instant.ofEpochSecond(seconds);
    }

    private static void require(boolean right) {
      if (!right) {
        throw new WrongClaim();
      }
    }
  }
}
