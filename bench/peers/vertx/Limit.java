import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The limit: Vert.x alone, the server beneath Quarkus, which answers the bytes that the service
 * answered once. It routes by one comparison and looks at no header.
 *
 * <p>Arguments: port, the answer to {@code GET /} and the one to {@code GET /contents}, as {@code
 * curl -i} prints them.
 */
class Limit {
  public static void main(String[] arguments) throws Exception {
    Answer root = Answer.read(arguments[1]);
    Answer contents = Answer.read(arguments[2]);
    Vertx.vertx()
        .createHttpServer()
        .requestHandler(
            request ->
                ("/contents".equals(request.path()) ? contents : root).send(request.response()))
        .listen(Integer.parseInt(arguments[0]), "127.0.0.1");
  }

  private record Answer(MultiMap head, Buffer body) {
    static Answer read(String file) throws Exception {
      String[] parts =
          Files.readString(Path.of(file), StandardCharsets.UTF_8).split("\r\n\r\n", 2);
      MultiMap head = MultiMap.caseInsensitiveMultiMap();
      parts[0]
          .lines()
          .skip(1) // the status
          .map(line -> line.split(": ", 2))
          .forEach(line -> head.add(line[0], line[1]));
      return new Answer(head, Buffer.buffer(parts[1]));
    }

    void send(HttpServerResponse response) {
      response.headers().addAll(head);
      response.end(body);
    }
  }
}
