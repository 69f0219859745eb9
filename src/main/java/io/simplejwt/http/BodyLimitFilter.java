package io.simplejwt.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.simplejwt.problem.Problem;
import io.simplejwt.problem.ProblemWriter;
import io.simplejwt.problem.Reason;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/**
 * No body above 64 KiB: one that says its length is refused before it is read, one that does not
 * (chunked) as soon as it has sent too much. And in UTF-8 only (RFC 8259 §8.1).
 */
@Provider
public class BodyLimitFilter implements ReaderInterceptor, Handler<RoutingContext> {
  static final int LIMIT = 64 * 1024;
  private static final int AFTER_REQUEST_ID = 900;
  private static final int ENCODING_BYTES = 4;
  private static final Problem NOT_UTF8 =
      Problem.of(Reason.INVALID_REQUEST, "The body must be JSON in UTF-8");
  private static final Problem TOO_LARGE =
      Problem.of(Reason.TOO_LARGE, "The body may have " + LIMIT + " bytes at most");

  void register(@Observes Filters filters) {
    filters.register(this, AFTER_REQUEST_ID);
  }

  @Override
  public void handle(RoutingContext context) {
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null || Long.parseLong(length) <= LIMIT) { // the HTTP decoder saw to the digits
      context.next();
      return;
    }
    ProblemWriter.end(context, TOO_LARGE);
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    PushbackInputStream body =
        new PushbackInputStream(new Limited(context.getInputStream()), ENCODING_BYTES);
    byte[] first = body.readNBytes(ENCODING_BYTES);
    if (isOtherEncoding(first)) {
      throw NOT_UTF8.exception();
    }
    body.unread(first);
    context.setInputStream(body);
    return context.proceed();
  }

  /** UTF-16 or UTF-32, which the parser would guess: JSON begins with two ASCII characters. */
  static boolean isOtherEncoding(byte[] first) {
    for (byte b : first) {
      if (b == 0) {
        return true;
      }
    }
    return false;
  }

  private static final class Limited extends FilterInputStream {
    private int left = LIMIT;

    Limited(InputStream body) {
      super(body);
    }

    @Override
    public int read() throws IOException {
      return count(super.read(), 1);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      return count(read, read);
    }

    private int count(int result, int bytes) {
      if (result >= 0 && (left -= bytes) < 0) {
        throw TOO_LARGE.exception();
      }
      return result;
    }
  }
}
