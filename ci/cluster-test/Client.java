import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that count what fails: some open a connection for each request, some keep theirs until the server says {@code
 * Connection: close}. On bare sockets, since every HTTP library hides a lost request by sending it again.
 *
 * <p>{@code java Client.java HOST PORT}: each failure is a line of standard output; every second a line "total N" follows.
 */
class Client {
  private static final int KEEPING = 4;
  private static final int OPENING = 2;
  private static final AtomicLong SENT = new AtomicLong();

  private final InetSocketAddress server;
  private final boolean keep;

  Client(InetSocketAddress server, boolean keep) {
    this.server = server;
    this.keep = keep;
  }

  public static void main(String[] args) throws InterruptedException {
    InetSocketAddress server = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    for (int i = 0; i < KEEPING + OPENING; i++) {
      Client client = new Client(server, i < KEEPING);
      Thread thread = new Thread(client::run);
      thread.setDaemon(true);
      thread.start();
    }
    while (!System.out.checkError()) {
      Thread.sleep(1000);
      System.out.println("total " + SENT.get());
    }
  }

  void run() {
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(server, 5000);
        socket.setSoTimeout(5000);
        InputStream in = new BufferedInputStream(socket.getInputStream());
        boolean again;
        do {
          again = request(socket, in) && keep;
          Thread.sleep(keep ? 50 : 25);
        } while (again);
      } catch (IOException | InterruptedException | RuntimeException failure) {
        SENT.incrementAndGet();
        System.out.println("failed " + (keep ? "keep-alive " : "new ") + LocalTime.now() + " " + failure);
        pause();
      }
    }
  }

  /** Whether the connection may be used again. */
  private boolean request(Socket socket, InputStream in) throws IOException {
    String head = "GET / HTTP/1.1\r\nHost: test\r\n" + (keep ? "" : "Connection: close\r\n") + "\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    String status = line(in);
    int length = 0;
    boolean close = false;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String lower = header.toLowerCase();
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      close |= lower.startsWith("connection:") && lower.contains("close");
    }
    String body = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
    if (!status.startsWith("HTTP/1.1 200") || !body.equals("\"Healthy\"")) {
      throw new IOException(status + " " + body);
    }
    SENT.incrementAndGet();
    return !close;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("closed without an answer after \"" + line + "\"");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
