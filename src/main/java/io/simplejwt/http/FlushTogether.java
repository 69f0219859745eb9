package io.simplejwt.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Sends what is written to a connection when its event loop has read what came on all of them. One
 * answer sent at once wakes its client, and the kernel takes longer for that than a token's
 * verifying; answers that are sent in a row find the clients of one machine, or one network card,
 * awake. Alone, a request is answered as soon as without.
 */
final class FlushTogether extends ChannelOutboundHandlerAdapter {
  private boolean due;

  @Override
  public void flush(ChannelHandlerContext context) {
    if (!due) {
      due = true;
      context.executor().execute(() -> flushNow(context)); // runs after all that was read
    }
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    flushIfDue(context);
    context.close(promise);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    flushIfDue(context);
  }

  private void flushIfDue(ChannelHandlerContext context) {
    if (due) {
      flushNow(context);
    }
  }

  private void flushNow(ChannelHandlerContext context) {
    due = false;
    context.flush();
  }
}
