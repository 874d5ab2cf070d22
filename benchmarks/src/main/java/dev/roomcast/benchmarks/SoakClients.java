package dev.roomcast.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Many clients on one thread, for the soak test: they connect, authenticate, join and leave rooms
 * at random, and end in every way there is (close frame, end of stream, reset); each that ended is
 * replaced until the time is over, then all end.
 *
 * <p>Usage: {@code SoakClients PORT CONNECTIONS SECONDS}; loopback only.
 */
final class SoakClients {
  private static final int ROOMS = 500;
  private static final int CONNECTING_AT_ONCE = 200;
  private static final double ACTIONS_PER_CLIENT_AND_SECOND = 0.2;
  private static final String UPGRADE =
      String.join(
          "\r\n",
          "GET /ws HTTP/1.1",
          "Host: 127.0.0.1",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
          "Sec-WebSocket-Version: 13",
          "",
          "");

  private final Random random = new Random(1);
  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
  private final List<SelectionKey> open = new ArrayList<>();
  private final int port;
  private int connecting;
  private long opened;
  private long failed;
  private long bytes;
  private int nextUser;

  private SoakClients(int port) throws IOException {
    this.port = port;
  }

  public static void main(String[] arguments) throws IOException {
    int connections = Integer.parseInt(arguments[1]);
    int seconds = Integer.parseInt(arguments[2]);
    new SoakClients(Integer.parseInt(arguments[0])).run(connections, seconds);
  }

  private void run(int connections, int seconds) throws IOException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    long lastActions = System.nanoTime();
    long lastLine = lastActions;
    while (System.nanoTime() < end) {
      while (open.size() + connecting < connections && connecting < CONNECTING_AT_ONCE) {
        connect();
      }
      selector.select(this::ready, 10);
      long now = System.nanoTime();
      int actions = (int) (open.size() * ACTIONS_PER_CLIENT_AND_SECOND * (now - lastActions) / 1e9);
      if (actions > 0) {
        lastActions = now;
        for (int i = 0; i < actions && !open.isEmpty(); i++) {
          act(open.get(random.nextInt(open.size())));
        }
      }
      if (now - lastLine > 10_000_000_000L) {
        lastLine = now;
        System.out.printf(
            "open=%d opened=%d failed=%d received=%dMB%n",
            open.size(), opened, failed, bytes >> 20);
      }
    }
    for (SelectionKey key : List.copyOf(open)) {
      drop(key);
    }
    System.out.printf("done opened=%d failed=%d received=%dMB%n", opened, failed, bytes >> 20);
  }

  private void connect() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    connecting++;
    SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
    if (channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      connected(key);
    }
  }

  private void connected(SelectionKey key) {
    connecting--;
    opened++;
    key.interestOps(SelectionKey.OP_READ);
    open.add(key);
    write(key, ByteBuffer.wrap(UPGRADE.getBytes(StandardCharsets.US_ASCII)));
    // Some never authenticate; users share names, so that they have several sessions.
    if (random.nextInt(50) != 0) {
      String user = "u" + nextUser++ % 4_000;
      text(key, "{\"event\":\"authenticate\",\"data\":{\"token\":\"" + user + "\"}}");
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isConnectable()) {
        ((SocketChannel) key.channel()).finishConnect();
        connected(key);
      }
      if (key.isValid() && key.isReadable()) {
        buffer.clear();
        int read = ((SocketChannel) key.channel()).read(buffer);
        if (read < 0) {
          drop(key);
        } else {
          bytes += read;
        }
      }
    } catch (IOException broken) {
      if (!open.contains(key)) {
        connecting--;
      }
      failed++;
      drop(key);
    }
  }

  private void act(SelectionKey key) {
    String room = "{\"rooms\":[\"room-" + random.nextInt(ROOMS) + "\"]}";
    switch (random.nextInt(20)) {
      case 0 -> drop(key);
      case 1 -> reset(key);
      case 2 -> frame(key, 0x88, new byte[] {0x03, (byte) 0xE8});
      case 3, 4, 5, 6, 7, 8, 9, 10 -> text(key, "{\"event\":\"join\",\"data\":" + room + "}");
      case 11, 12, 13, 14, 15 -> text(key, "{\"event\":\"leave\",\"data\":" + room + "}");
      default -> text(key, "{\"event\":\"heartbeat\"}");
    }
  }

  private void text(SelectionKey key, String text) {
    frame(key, 0x81, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A short masked frame; the mask is zero, which the protocol allows. */
  private void frame(SelectionKey key, int first, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 6);
    frame.put((byte) first).put((byte) (0x80 | payload.length)).putInt(0).put(payload).flip();
    write(key, frame);
  }

  private void write(SelectionKey key, ByteBuffer bytesToWrite) {
    try {
      ((SocketChannel) key.channel()).write(bytesToWrite);
      if (bytesToWrite.hasRemaining()) {
        reset(key); // a frame cut short would be a protocol error; this client is not worth more
      }
    } catch (IOException broken) {
      failed++;
      drop(key);
    }
  }

  private void reset(SelectionKey key) {
    try {
      ((SocketChannel) key.channel()).setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException gone) {
      failed++;
    }
    drop(key);
  }

  private void drop(SelectionKey key) {
    open.remove(key);
    try {
      key.channel().close();
    } catch (IOException gone) {
      failed++;
    }
  }
}
