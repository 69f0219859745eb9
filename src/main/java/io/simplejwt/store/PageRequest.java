package io.simplejwt.store;

import io.simplejwt.problem.Problem;
import io.simplejwt.problem.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which part of a long list a caller wants: so many rows, those that come after one of them.
 *
 * @param after the id of the last row that the caller has seen
 */
public record PageRequest(Optional<String> after, int size) {
  private static final int USUAL = 50;
  private static final int LARGEST = 500;

  /** Of a call's parameters, null where the call has none. */
  public static PageRequest of(String after, String limit) {
    if (after != null && !TimeOrderedId.isOne(after)) {
      throw bad("after must be the \"next\" of a page");
    }
    return new PageRequest(Optional.ofNullable(after), limit == null ? USUAL : size(limit));
  }

  private static int size(String limit) {
    if (limit.matches("\\d{1,3}")) {
      int size = Integer.parseInt(limit);
      if (size >= 1 && size <= LARGEST) {
        return size;
      }
    }
    throw bad("limit must be a number from 1 to " + LARGEST);
  }

  private static RuntimeException bad(String why) {
    return Problem.of(Reason.INVALID_REQUEST, why).exception();
  }

  /** How many rows to read: one more than the page has tells whether another page follows. */
  public int rowsToRead() {
    return size + 1;
  }

  /** The page, of the rows that were read. */
  public <T> Page<T> page(List<T> read, Function<T, String> id) {
    List<T> rows = read.subList(0, Math.min(size, read.size()));
    boolean more = read.size() > size;
    return new Page<>(rows, more ? Optional.of(id.apply(rows.get(size - 1))) : Optional.empty());
  }

  /**
   * The rows that were asked for.
   *
   * @param next what to give as {@code after} for the next page; empty on the last one
   */
  public record Page<T>(List<T> rows, Optional<String> next) {
    public Page {
      rows = List.copyOf(rows);
    }
  }
}
