package io.simplejwt.query;

/** Where the two databases read the same characters differently. */
enum Dialect {
  POSTGRES,
  SQLITE
}
