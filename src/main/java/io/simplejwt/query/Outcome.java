package io.simplejwt.query;

import io.simplejwt.problem.Problem;
import java.util.List;

/** What came of a statement. */
public sealed interface Outcome {
  /**
   * A statement that has columns.
   *
   * @param columns their names, each once
   * @param json the rows, an array of objects in UTF-8; not to be changed
   * @param cut whether there would have been more
   */
  record Rows(List<String> columns, byte[] json, int count, boolean cut) implements Outcome {
    public Rows {
      columns = List.copyOf(columns);
    }
  }

  /** A statement without columns, which has done what it says. */
  record Done() implements Outcome {}

  /** Nothing was changed. */
  record Refused(Problem problem) implements Outcome {}
}
