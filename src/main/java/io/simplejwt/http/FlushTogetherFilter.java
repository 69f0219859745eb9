package io.simplejwt.http;

import io.netty.channel.ChannelPipeline;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Handler;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Gives each connection its {@link FlushTogether} when its first request comes. */
@ApplicationScoped
class FlushTogetherFilter implements Handler<RoutingContext> {
  private static final String NAME = "flush-together";
  private static final int FIRST = 1020;

  void register(@Observes Filters filters) {
    filters.register(this, FIRST);
  }

  @Override
  public void handle(RoutingContext context) {
    ChannelPipeline pipeline =
        ((ConnectionBase) context.request().connection()).channel().pipeline();
    if (pipeline.get(NAME) == null) { // the first in line, hence found at once
      pipeline.addFirst(NAME, new FlushTogether());
    }
    context.next();
  }
}
