package dev.roomcast.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.roomcast.core.RoomServer;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.codec.Json;
import dev.roomcast.undertow.UndertowOptions;
import dev.roomcast.undertow.UndertowTransport;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a loop leaves to the collector while it fans out, from its inbox to the sockets. */
final class FanOutMemoryTest {
  private static final int MEMBERS = 200;
  private static final int BURSTS = 50;

  /** As many as meet in one write on a loop that is full. */
  private static final int PUBLISHES = 16;

  private static final String TEXT = "x".repeat(80);
  private static final int MESSAGE = "{'event':'tick','data':''}".length() + TEXT.length();

  private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final CompletableFuture<Long> loopThread = new CompletableFuture<>();
  private final RoomServer<Void> server =
      RoomServer.<Void>builder()
          .transport(UndertowTransport.on(UndertowOptions.port(0).withIoThreads(1)))
          .codec(JacksonCodec.create())
          .authenticator(
              TestServer.Login.class, (login, request) -> Optional.of(Admission.of(login.token())))
          .onLoop("which", Json.class, (call, nothing) -> tellThread())
          .build();
  private final URI uri = server.start().uri();
  private final List<Drain> members = new ArrayList<>();

  private @Nullable Object tellThread() {
    loopThread.complete(Thread.currentThread().threadId());
    return null;
  }

  @AfterEach
  void end() {
    members.forEach(Drain::abort);
    server.close();
  }

  @Test
  void allocatesLessThanFourBytesPerDelivery() {
    for (int i = 0; i < MEMBERS; i++) {
      members.add(Drain.connect(uri, "user-" + i));
    }
    members.get(0).send("{\"event\":\"which\",\"data\":{}}");
    long loop = loopThread.join();
    fanOut();
    long before = memory.getThreadAllocatedBytes(loop);
    fanOut();
    long allocated = memory.getThreadAllocatedBytes(loop) - before;
    assertThat((double) allocated / MEMBERS / PUBLISHES / BURSTS).isLessThan(4);
  }

  private void fanOut() {
    for (int i = 0; i < BURSTS; i++) {
      burst();
    }
  }

  private void burst() {
    members.forEach(Drain::reset);
    for (int i = 0; i < PUBLISHES; i++) {
      server.room("ws-default").send("tick", TEXT);
    }
    await()
        .pollInterval(Duration.ofMillis(2))
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                members.stream()
                    .allMatch(member -> member.characters() == (long) PUBLISHES * MESSAGE));
  }
}
