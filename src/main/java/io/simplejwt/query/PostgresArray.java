package io.simplejwt.query;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * An array as PostgreSQL writes it (its manual's §8.15.6), as a JSON array: {@code {1,NULL}},
 * nested for each further dimension, elements in quotes where they need them.
 */
final class PostgresArray {
  private final JsonGenerator json;
  private final String text;
  private final PostgresType type;
  private int at;

  private PostgresArray(JsonGenerator json, String text, PostgresType type) {
    this.json = json;
    this.text = text;
    this.type = type;
  }

  static void write(JsonGenerator json, String text, PostgresType type) throws IOException {
    int open = text.indexOf('{'); // bounds other than from 1 stand before it: [0:2]={…}
    if (open < 0) { // the catalogue's own vectors
      json.writeString(text);
      return;
    }
    PostgresArray array = new PostgresArray(json, text, type);
    array.at = open;
    array.level();
  }

  private void level() throws IOException {
    json.writeStartArray();
    at++;
    while (text.charAt(at) != '}') {
      switch (text.charAt(at)) {
        case '{' -> level();
        case ',' -> at++;
        case '"' -> type.write(json, quoted());
        default -> bare();
      }
    }
    at++;
    json.writeEndArray();
  }

  private String quoted() {
    StringBuilder element = new StringBuilder();
    for (at++; text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\') {
        at++;
      }
      element.append(text.charAt(at));
    }
    at++;
    return element.toString();
  }

  private void bare() throws IOException {
    int from = at;
    while (",}".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String element = text.substring(from, at);
    if (element.equals("NULL")) {
      json.writeNull();
    } else {
      type.write(json, element);
    }
  }
}
