package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.TransportSettings;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.Consumer;

/** Reads, and notices silence: the socket's time-out is half of the idle time-out. */
final class IdleWatch extends FilterInputStream {
  private final boolean pings;
  private final Consumer<Boolean> silent;
  private int silences;

  IdleWatch(InputStream in, TransportSettings settings, Socket socket, Consumer<Boolean> silent)
      throws IOException {
    super(in);
    this.pings = settings.sendPings();
    this.silent = silent;
    Duration half = settings.idleTimeout().dividedBy(2);
    socket.setSoTimeout((int) half.toMillis());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (true) {
      try {
        int count = super.read(into, offset, length);
        silences = 0;
        return count;
      } catch (SocketTimeoutException silence) {
        silences++;
        if (silences == 2 || (pings && silences == 1)) {
          silent.accept(silences == 2);
        }
      }
    }
  }
}
