package example.hub;

import dev.roomcast.port.bus.BusSubscription;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What travels: a bus sends {@code +} and {@code -} with a subscription and {@code >} with a
 * message; the hub answers each with {@code =}, in order, and sends {@code >} to who hears it.
 */
record Frame(char kind, String name, byte[] payload) {

  static Frame of(char kind, String name) {
    return new Frame(kind, name, new byte[0]);
  }

  static Frame of(char kind, BusSubscription subscription) {
    return switch (subscription) {
      case BusSubscription.Channel(String name) -> of(kind, "c" + name);
      case BusSubscription.Prefix(String prefix) -> of(kind, "p" + prefix);
    };
  }

  BusSubscription subscription() {
    String rest = name.substring(1);
    return name.startsWith("c")
        ? new BusSubscription.Channel(rest)
        : new BusSubscription.Prefix(rest);
  }

  static Frame read(DataInputStream in) throws IOException {
    return new Frame(in.readChar(), in.readUTF(), in.readNBytes(in.readInt()));
  }

  void write(DataOutputStream out) throws IOException {
    out.writeChar(kind);
    out.writeUTF(name);
    out.writeInt(payload.length);
    out.write(payload);
  }
}
