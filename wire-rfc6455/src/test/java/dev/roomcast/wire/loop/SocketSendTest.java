package dev.roomcast.wire.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Where it is promised; elsewhere all sockets are written to by their channels. */
@EnabledOnOs(
    value = OS.LINUX,
    architectures = {"amd64", "aarch64"})
@EnabledForJreRange(minVersion = 22)
final class SocketSendTest {
  private static final int MUCH = 64 * 1024;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final SocketSend sockets = new SocketSend();
  private Selector selector;
  private ServerSocketChannel entrance;
  private SocketChannel channel;
  private SelectionKey key;
  private SocketChannel peer;
  private int descriptor;

  @BeforeEach
  void connect() throws IOException {
    selector = opened(Selector.open());
    entrance =
        opened(ServerSocketChannel.open())
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    channel = opened(SocketChannel.open(entrance.getLocalAddress()));
    peer = opened(entrance.accept());
    channel.configureBlocking(false);
    key = channel.register(selector, SelectionKey.OP_READ);
    descriptor = SocketSend.descriptor(key);
    assertThat(descriptor).isNotEqualTo(SocketSend.NONE);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private <C extends AutoCloseable> C opened(C closeable) {
    open.add(closeable);
    return closeable;
  }

  private static ByteBuffer direct(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  private String heard(int bytes) throws IOException {
    ByteBuffer heard = ByteBuffer.allocate(bytes);
    while (heard.hasRemaining() && peer.read(heard) >= 0) {
      // Until it is full, or nothing more comes.
    }
    return new String(heard.array(), 0, heard.position(), StandardCharsets.US_ASCII);
  }

  @Test
  void sendsWhatIsBetweenPositionAndLimit() throws IOException {
    ByteBuffer one = direct("0123456789");
    ByteBuffer other = direct("abcdefghij").position(3).slice().position(1);

    assertThat(sockets.send(key, descriptor, one.position(2).limit(5))).isEqualTo(3);
    assertThat(sockets.send(key, descriptor, other.limit(3))).isEqualTo(2);
    assertThat(sockets.send(key, descriptor, one.limit(10))).isEqualTo(5);
    assertThat(sockets.send(key, descriptor, one.position(0).limit(1))).isEqualTo(1);

    assertThat(List.of(one.position(), other.position())).containsExactly(1, 3);
    assertThat(heard(11)).isEqualTo("234ef567890");
  }

  @Test
  void tellsHowMuchASocketTook() throws IOException {
    ByteBuffer much = ByteBuffer.allocateDirect(MUCH);
    long sent = 0;
    int taken;
    do {
      taken = sockets.send(key, descriptor, much.clear());
      assertThat(much.position()).isEqualTo(taken);
      sent += taken;
    } while (taken > 0);

    assertThat(channel.write(much.clear())).as("full, not broken").isZero();
    long left = sent;
    while (left > 0) {
      left -= heard((int) Math.min(MUCH, left)).length();
    }
    assertThat(sockets.send(key, descriptor, direct("!"))).isEqualTo(1);
    assertThat(heard(1)).isEqualTo("!");
  }

  @Test
  void leavesItToTheChannelToTellThatASocketBroke() throws IOException {
    peer.setOption(StandardSocketOptions.SO_LINGER, 0).close();
    ByteBuffer text = direct("text");
    await().until(() -> sockets.send(key, descriptor, text.clear()) == 0);

    assertThat(text.position()).isZero();
    assertThatThrownBy(() -> channel.write(text)).isInstanceOf(IOException.class);
  }

  /** What the safety of sending by number rests on. */
  @Test
  void hasADescriptorForItselfUntilTheSelectorLetsGoOfItsChannel() throws IOException {
    channel.close();
    for (int i = 0; i < 20; i++) {
      assertThat(SocketSend.descriptor(another())).isNotEqualTo(descriptor);
    }
  }

  @Test
  void sendsNothingToWhomeverADescriptorPassedTo() throws IOException {
    channel.close();
    selector.selectNow();
    SelectionKey other = another();
    for (int i = 0; i < 20 && SocketSend.descriptor(other) != descriptor; i++) {
      other = another();
    }
    assertThat(SocketSend.descriptor(other)).as("was free").isEqualTo(descriptor);

    assertThat(sockets.send(key, descriptor, direct("secret"))).isZero();
  }

  /**
   * As XNIO does: once the selector has let go, whoever closes the channel frees its descriptor.
   */
  @Test
  void sendsNothingAfterAKeyWasCancelledThoughItsChannelIsOpen() throws IOException {
    key.cancel();
    selector.selectNow();
    assertThat(channel.isOpen()).isTrue();

    assertThat(sockets.send(key, descriptor, direct("secret"))).isZero();
  }

  private SelectionKey another() throws IOException {
    SocketChannel another = opened(SocketChannel.open(entrance.getLocalAddress()));
    opened(entrance.accept());
    another.configureBlocking(false);
    return another.register(opened(Selector.open()), 0);
  }
}
