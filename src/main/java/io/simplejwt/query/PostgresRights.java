package io.simplejwt.query;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Which users of PostgreSQL may not run other people's statements. */
final class PostgresRights {
  /** Would read and write the server's files, run programs, or make users. */
  private static final String POWERFUL =
      """
      SELECT rolsuper OR rolcreaterole OR rolreplication OR rolbypassrls
          OR pg_has_role(oid, 'pg_read_server_files', 'MEMBER')
          OR pg_has_role(oid, 'pg_write_server_files', 'MEMBER')
          OR pg_has_role(oid, 'pg_execute_server_program', 'MEMBER')
      FROM pg_roles WHERE rolname = current_user""";

  /** By a table that only the accounts' store has, whatever its address is called. */
  private static final String REACHES_ACCOUNTS =
      """
      SELECT EXISTS (
          SELECT FROM pg_class
          WHERE relname = 'administrator_guard' AND relkind = 'r'
              AND (has_table_privilege(oid, 'SELECT, INSERT, UPDATE, DELETE')
                  OR pg_has_role(relowner, 'MEMBER')))""";

  private static final String WRITES =
      """
      SELECT EXISTS (
          SELECT FROM pg_class
          WHERE relkind IN ('r', 'p', 'v', 'f')
              AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
              AND relpersistence <> 't'
              AND has_table_privilege(oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))""";

  private PostgresRights() {}

  /** As the end of a sentence that begins with the variable's name. */
  static Optional<String> complaint(Connection connection, Access access) throws SQLException {
    if (says(connection, POWERFUL)) {
      return Optional.of(
          "names a superuser, or a user who may make users, replicate, read files or run programs");
    }
    if (says(connection, REACHES_ACCOUNTS)) {
      return Optional.of("names a user with rights in the accounts' store");
    }
    if (access == Access.READ && says(connection, WRITES)) {
      return Optional.of("names a user who may do more than select");
    }
    return Optional.empty();
  }

  private static boolean says(Connection connection, String question) throws SQLException {
    try (Statement sql = connection.createStatement();
        ResultSet answer = sql.executeQuery(question)) {
      return answer.next() && answer.getBoolean(1);
    }
  }
}
