package io.simplejwt.http;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.restassured.RestAssured;
import io.simplejwt.store.EmbeddedStore;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(EmbeddedStore.class)
class FlushTogetherTest {
  @Inject FirstInLine firstInLine;

  private final Socket socket = new Socket();
  private final EmbeddedChannel connection = connection(socket);

  @AfterEach
  void end() {
    connection.finishAndReleaseAll();
  }

  @Test
  void answersOfOneTurnGoOutTogether() {
    request("one");
    request("two");
    assertThat(socket.sent).as("while there is more to read").isEmpty();
    connection.runPendingTasks();
    assertThat(socket.sent).containsExactly("one two");
  }

  @Test
  void eachTurnSendsItsOwn() {
    request("one");
    connection.runPendingTasks();
    request("two");
    connection.runPendingTasks();
    assertThat(socket.sent).containsExactly("one", "two");
  }

  @Test
  void whatAWorkerAnswersGoesOutAtOnce() {
    connection.pipeline().writeAndFlush("made elsewhere");
    assertThat(socket.sent).containsExactly("made elsewhere");
  }

  @Test
  void soManyWaitAndNoMore() {
    List<EmbeddedChannel> others = new ArrayList<>();
    for (int i = 0; i < FlushTogether.MOST; i++) {
      others.add(connection(new Socket()));
      request(others.get(i), "waits");
    }
    request("one too many");
    assertThat(socket.sent).containsExactly("one too many");
    others.forEach(EmbeddedChannel::runPendingTasks);
    request("after the turn");
    assertThat(socket.sent).as("while there is more to read").hasSize(1);
    others.forEach(EmbeddedChannel::finishAndReleaseAll);
  }

  @Test
  void whatIsLongGoesOutInPieces() {
    request("a piece");
    connection.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    connection.pipeline().fireChannelWritabilityChanged();
    assertThat(socket.sent).containsExactly("a piece");
  }

  @Test
  void whatIsDueGoesOutBeforeTheConnectionEnds() {
    request("last");
    connection.pipeline().close();
    assertThat(socket.sent).containsExactly("last", "closed");
  }

  @Test
  void whatIsDueGoesOutWhereItIsTakenAway() {
    request("last");
    connection.pipeline().remove(FlushTogether.class);
    assertThat(socket.sent).containsExactly("last");
  }

  @Test
  void everyConnectionHasIt() {
    get("/").then().statusCode(200);
    assertThat(firstInLine.seen).isInstanceOf(FlushTogether.class);
  }

  @Test
  void connectionsOfHttp2HaveIt() throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpRequest root =
        HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port)).build();
    for (int i = 0; i < 2; i++) { // the first one asks for the upgrade
      HttpResponse<String> answer = client.send(root, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(firstInLine.seen).isInstanceOf(FlushTogether.class);
    }
  }

  private static EmbeddedChannel connection(Socket socket) {
    EmbeddedChannel connection = new EmbeddedChannel(socket, new FlushTogether(), new Echo());
    connection.config().setAutoRead(false); // else its loop's turn ends with each request
    return connection;
  }

  private void request(String text) {
    request(connection, text);
  }

  private static void request(EmbeddedChannel connection, String text) {
    connection.pipeline().fireChannelRead(text).fireChannelReadComplete();
  }

  /** Answers a request with itself, as the service does with what no worker is needed for. */
  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.write(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }
  }

  /** Keeps what is written until it is flushed, as a socket's channel does. */
  private static final class Socket extends ChannelOutboundHandlerAdapter {
    private final List<String> written = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      written.add((String) message);
      promise.setSuccess();
    }

    @Override
    public void flush(ChannelHandlerContext context) {
      if (!written.isEmpty()) {
        sent.add(String.join(" ", written));
        written.clear();
      }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
      sent.add("closed");
      context.close(promise);
    }
  }

  /** Of the connection of the newest request, behind all filters that every request passes. */
  @Singleton
  static class FirstInLine {
    private static final int LAST = 1;
    volatile ChannelHandler seen;

    void look(@Observes Filters filters) {
      filters.register(
          context -> {
            var connection = (ConnectionBase) context.request().connection();
            seen = connection.channel().pipeline().first();
            context.next();
          },
          LAST);
    }
  }
}
