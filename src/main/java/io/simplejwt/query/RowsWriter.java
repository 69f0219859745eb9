package io.simplejwt.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Rows as a JSON array, as many as the limits let in. A row stands whole in it or not at all. */
final class RowsWriter {
  private static final JsonFactory JSON = JsonFactory.builder().build().setRootValueSeparator(",");

  private final int maxRows;
  private final List<String> columns;
  private final Limited out;
  private final JsonGenerator json;
  private int count;
  private boolean cut;

  RowsWriter(List<String> columnNames, int maxRows, int maxBytes) {
    this.maxRows = maxRows;
    columns = toldApart(columnNames);
    out = new Limited(maxBytes);
    try {
      json = JSON.createGenerator(out);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
  }

  /** Writes the value of one column of the present row. */
  interface Values {
    void write(JsonGenerator json, int column) throws IOException, SQLException;
  }

  /** False where the row did not fit, and no further one would be wanted. */
  boolean add(Values values) throws SQLException {
    if (count == maxRows) {
      cut = true;
      return false;
    }
    try {
      json.writeStartObject();
      for (int column = 0; column < columns.size(); column++) {
        json.writeFieldName(columns.get(column));
        values.write(json, column + 1);
      }
      json.writeEndObject();
      json.flush();
    } catch (Full full) {
      cut = true;
      return false;
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    count++;
    out.keep();
    return true;
  }

  Outcome.Rows rows() {
    if (cut && count == 0) {
      throw Problem.of(
              Reason.QUERY_FAILED,
              "The first row is larger than QUERY_MAX_BYTES: select less of it")
          .exception();
    }
    return new Outcome.Rows(columns, out.array(), count, cut);
  }

  /** A name that stands before already gets the next free number behind it. */
  private static List<String> toldApart(List<String> names) {
    Set<String> apart = new LinkedHashSet<>();
    for (String name : names) {
      String free = name;
      for (int next = 2;
          apart.contains(free) || !free.equals(name) && names.contains(free);
          next++) {
        free = name + "_" + next;
      }
      apart.add(free);
    }
    return List.copyOf(apart);
  }

  private static final class Full extends IOException {
    @Override
    public Throwable fillInStackTrace() {
      return this; // expected, and often
    }
  }

  /** Begins with the array's bracket; what was not kept is not in it. */
  private static final class Limited extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int limit;
    private int kept = 1;

    Limited(int limit) {
      this.limit = limit;
      bytes.write('[');
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] more, int from, int length) throws IOException {
      if (bytes.size() + length > limit) {
        throw new Full();
      }
      bytes.write(more, from, length);
    }

    void keep() {
      kept = bytes.size();
    }

    byte[] array() {
      byte[] array = Arrays.copyOf(bytes.toByteArray(), kept + 1);
      array[kept] = ']';
      return array;
    }
  }
}
