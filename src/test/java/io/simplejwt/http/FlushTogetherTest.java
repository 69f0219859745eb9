package io.simplejwt.http;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.simplejwt.store.EmbeddedStore;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(EmbeddedStore.class)
class FlushTogetherTest {
  @Inject FirstInLine firstInLine;

  private final Socket socket = new Socket();
  private final EmbeddedChannel connection = new EmbeddedChannel(socket, new FlushTogether());

  @AfterEach
  void end() {
    connection.finishAndReleaseAll();
  }

  @Test
  void answersOfOneTurnGoOutTogether() {
    answer("one");
    answer("two");
    assertThat(socket.sent).as("while there is more to read").isEmpty();
    connection.runPendingTasks();
    assertThat(socket.sent).containsExactly("one two");
  }

  @Test
  void eachTurnSendsItsOwn() {
    answer("one");
    connection.runPendingTasks();
    answer("two");
    connection.runPendingTasks();
    assertThat(socket.sent).containsExactly("one", "two");
  }

  @Test
  void whatIsDueGoesOutBeforeTheConnectionEnds() {
    answer("last");
    connection.pipeline().close();
    assertThat(socket.sent).containsExactly("last", "closed");
  }

  @Test
  void whatIsDueGoesOutWhereItIsTakenAway() {
    answer("last");
    connection.pipeline().remove(FlushTogether.class);
    assertThat(socket.sent).containsExactly("last");
  }

  @Test
  void everyConnectionHasIt() {
    get("/").then().statusCode(200);
    assertThat(firstInLine.seen).isInstanceOf(FlushTogether.class);
  }

  private void answer(String text) {
    connection.pipeline().writeAndFlush(text);
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
