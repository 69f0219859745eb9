package io.simplejwt.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Sends the answers that are made while requests are read when all that came has been read, on
 * whichever connection. An answer that is sent at once wakes its client, and on one machine the
 * kernel takes longer for that than a token's verifying; answers in a row find the client awake.
 * Alone, a request is answered as soon as without, and so is what a worker answers.
 */
final class FlushTogether extends ChannelDuplexHandler {
  /** What waits is held in direct memory, of which the image has little, and its clients wait. */
  static final int MOST = 64;

  /** Of an event loop, how many connections wait. */
  private static final FastThreadLocal<int[]> WAITING =
      new FastThreadLocal<>() {
        @Override
        protected int[] initialValue() {
          return new int[1];
        }
      };

  private boolean reading;
  private boolean due;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    reading = true;
    context.fireChannelRead(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.fireChannelReadComplete(); // where the answers are flushed
    reading = false;
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    int[] waiting = WAITING.get();
    if (!reading || waiting[0] >= MOST) {
      flushNow(context);
    } else if (!due) {
      context.executor().execute(() -> flushLater(context, waiting));
      due = true;
      waiting[0]++;
    }
  }

  private void flushLater(ChannelHandlerContext context, int[] waiting) {
    waiting[0]--;
    flushIfDue(context);
  }

  /** Long answers go out piece by piece. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (!context.channel().isWritable()) {
      flushNow(context);
    }
    context.fireChannelWritabilityChanged();
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
