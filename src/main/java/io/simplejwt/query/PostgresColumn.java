package io.simplejwt.query;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;

/** A column's type: of its values or, where they are arrays, of the arrays' elements. */
record PostgresColumn(PostgresType type, boolean array) {
  static PostgresColumn of(ResultSetMetaData columns, int column) throws SQLException {
    return switch (columns.getColumnType(column)) {
      case Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.REAL, Types.DOUBLE ->
          new PostgresColumn(PostgresType.NUMBER, false);
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE, Types.TIME, Types.TIME_WITH_TIMEZONE ->
          new PostgresColumn(PostgresType.TIME, false);
      case Types.BINARY -> new PostgresColumn(PostgresType.BINARY, false);
      // To ask for the name costs a question to the server.
      case Types.BIT, Types.OTHER -> named(columns.getColumnTypeName(column), false);
      case Types.ARRAY -> arrayNamed(columns.getColumnTypeName(column));
      default -> new PostgresColumn(PostgresType.TEXT, false);
    };
  }

  /** Boxes alone have commas in them and semicolons between them. */
  private static PostgresColumn arrayNamed(String name) {
    return name.equals("_box") ? named(name, false) : named(name.replaceFirst("^_", ""), true);
  }

  private static PostgresColumn named(String name, boolean array) {
    return new PostgresColumn(PostgresType.named(name), array);
  }

  void write(JsonGenerator json, String value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (array) {
      PostgresArray.write(json, value, type);
    } else {
      type.write(json, value);
    }
  }
}
