package io.simplejwt.query;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a value that PostgreSQL wrote as a text becomes JSON. Numbers are copied digit by digit, so
 * that none loses precision here.
 */
enum PostgresType {
  TEXT,
  NUMBER,
  TRUTH,
  JSON,
  TIME,
  BINARY;

  // RFC 8259 §6
  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  private static final Pattern WITH_DATE = Pattern.compile("(\\d{4,}-\\d\\d-\\d\\d) (\\d\\d:.*)");
  private static final Pattern WITH_HOURS_OF_ZONE =
      Pattern.compile("(.*:\\d\\d(?:\\.\\d+)?[-+]\\d\\d)");

  static PostgresType named(String name) {
    return switch (name) {
      case "int2", "int4", "int8", "oid", "float4", "float8", "numeric" -> NUMBER;
      case "bool" -> TRUTH;
      case "json", "jsonb" -> JSON;
      case "timestamp", "timestamptz", "time", "timetz" -> TIME;
      case "bytea" -> BINARY;
      default -> TEXT;
    };
  }

  void write(JsonGenerator json, String value) throws IOException {
    switch (this) {
      case NUMBER -> {
        if (JSON_NUMBER.matcher(value).matches()) {
          json.writeNumber(value);
        } else {
          json.writeString(value); // NaN, Infinity, money
        }
      }
      case TRUTH -> json.writeBoolean(value.equals("t"));
      case JSON -> json.writeRawValue(value);
      case TIME -> json.writeString(iso(value));
      case BINARY -> json.writeString(base64(value));
      case TEXT -> json.writeString(value);
    }
  }

  /** ISO 8601 wants a T, and minutes in the zone; "infinity" and years before Christ stay. */
  private static String iso(String value) {
    Matcher date = WITH_DATE.matcher(value);
    String time = date.matches() ? date.group(1) + "T" + date.group(2) : value;
    return WITH_HOURS_OF_ZONE.matcher(time).matches() ? time + ":00" : time;
  }

  private static String base64(String value) {
    return value.startsWith("\\x")
        ? Base64.getEncoder().encodeToString(HexFormat.of().parseHex(value.substring(2)))
        : value;
  }
}
