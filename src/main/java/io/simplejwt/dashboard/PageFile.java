package io.simplejwt.dashboard;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * One of the page's files.
 *
 * @param version another one for another content
 */
record PageFile(Buffer content, String type, String version) {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "svg", "image/svg+xml");

  static PageFile read(String name) {
    byte[] content = bytes("/dashboard/" + name);
    CRC32C sum = new CRC32C();
    sum.update(content);
    return new PageFile(
        Buffer.buffer(content),
        TYPES.get(name.substring(name.lastIndexOf('.') + 1)),
        Long.toHexString(sum.getValue()) + "-" + Integer.toHexString(content.length));
  }

  private static byte[] bytes(String path) {
    try (InputStream file = Objects.requireNonNull(PageFile.class.getResourceAsStream(path))) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
