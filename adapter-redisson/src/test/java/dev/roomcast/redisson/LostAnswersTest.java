package dev.roomcast.redisson;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.client.DefaultNettyHook;
import org.redisson.client.WriteRedisConnectionException;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.handler.CommandEncoder;
import org.redisson.client.handler.CommandsQueue;
import org.redisson.client.protocol.CommandData;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.config.CommandMapper;

/** What a connection owes when it is lost; its far end is a socket that never answers. */
final class LostAnswersTest {
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private ServerSocket entrance;
  private Channel channel;
  private Socket farEnd;
  private final AtomicBoolean known = new AtomicBoolean(); // to those behind ours, such as Redisson
  private final AtomicInteger theirs = new AtomicInteger();

  @BeforeEach
  void connect() throws Exception {
    entrance = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    LostAnswers hook =
        new LostAnswers(
            new DefaultNettyHook() {
              @Override
              public void afterChannelInitialization(Channel created) {
                theirs.incrementAndGet();
              }
            });
    channel =
        new Bootstrap()
            .group(threads)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel created) {
                    created
                        .pipeline()
                        .addLast(new CommandEncoder(CommandMapper.direct()), new CommandsQueue());
                    hook.afterChannelInitialization(created);
                    created
                        .pipeline()
                        .addLast(
                            new ChannelInboundHandlerAdapter() {
                              @Override
                              public void channelInactive(ChannelHandlerContext context) {
                                known.set(true);
                              }
                            });
                  }
                })
            .connect(entrance.getLocalSocketAddress())
            .sync()
            .channel();
    farEnd = entrance.accept();
  }

  @AfterEach
  void end() throws Exception {
    channel.close().sync();
    farEnd.close();
    entrance.close();
    var unused = threads.shutdownGracefully(0, 1, SECONDS);
  }

  private CompletableFuture<String> ping() throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    channel
        .writeAndFlush(
            new CommandData<>(answer, StringCodec.INSTANCE, RedisCommands.PING, new Object[0]))
        .sync();
    assertThat(farEnd.getInputStream().readNBytes(14)).hasSize(14);
    return answer;
  }

  @Test
  void failWithTheirConnection() throws Exception {
    CompletableFuture<String> one = ping();
    CompletableFuture<String> two = ping();
    assertThat(one).isNotDone();
    farEnd.close();

    assertThatThrownBy(() -> one.get(10, SECONDS))
        .hasCauseInstanceOf(WriteRedisConnectionException.class);
    assertThatThrownBy(() -> two.get(10, SECONDS))
        .hasCauseInstanceOf(WriteRedisConnectionException.class);
  }

  @Test
  void failOnceTheConnectionIsKnownToBeLost() throws Exception {
    CompletableFuture<Boolean> knownThen = ping().handle((answer, lost) -> known.get());
    farEnd.close();

    assertThat(knownThen.get(10, SECONDS)).isTrue();
  }

  @Test
  void areNotSentAnyMoreOnceGivenUp() throws Exception {
    CompletableFuture<String> owed = ping();
    channel.close().sync();

    assertThatThrownBy(() -> farEnd.getInputStream().read()).isInstanceOf(SocketException.class);
    assertThat(owed).isCompletedExceptionally();
  }

  @Test
  void doNotKeepAConnectionFromEndingThatHasEndedAlready() throws Exception {
    var unused = ping();
    CompletableFuture<Boolean> closed = new CompletableFuture<>();
    channel
        .eventLoop()
        .execute(
            () -> {
              channel.unsafe().closeForcibly();
              channel.close().addListener(end -> closed.complete(end.isSuccess()));
            });

    assertThat(closed.get(10, SECONDS)).isTrue();
  }

  @Test
  void leaveTheConfiguredHookInForce() {
    assertThat(theirs).hasValue(1);
  }

  @Test
  void letAConnectionEndInPeaceThatOwesNone() throws IOException, InterruptedException {
    channel.close().sync();

    assertThat(farEnd.getInputStream().read()).isEqualTo(-1);
  }
}
