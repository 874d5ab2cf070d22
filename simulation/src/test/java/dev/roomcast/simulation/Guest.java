package dev.roomcast.simulation;

import dev.roomcast.simulation.EncryptedWorld.Way;
import dev.roomcast.testkit.cipher.P256Client;
import dev.roomcast.testkit.cipher.P256Session;
import dev.roomcast.testkit.transport.SimulatedClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client of an {@link EncryptedWorld}: agrees on keys, and reads what is encrypted. */
final class Guest {
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
  private static final Pattern KEYS =
      Pattern.compile("\"serverPublicKey\":\"([^\"]*)\",\"salt\":\"([^\"]*)\"");

  private final SimulatedClient wire;
  private final P256Client client;
  private final Way way;
  private final List<String> understood = new ArrayList<>();
  private String id;
  private P256Session session;
  private int read;

  Guest(SimulatedClient wire, P256Client client, Way way) {
    this.wire = wire;
    this.client = client;
    this.way = way;
    wire.send(
        "{\"event\":\"authenticate\",\"data\":{\"publicKey\":\"" + client.publicKey() + "\"}}");
  }

  SimulatedClient wire() {
    return wire;
  }

  Optional<String> id() {
    return Optional.ofNullable(id);
  }

  List<String> understood() {
    return understood;
  }

  void says(String text) {
    wire.send(session == null ? text : session.sealEnvelope(text));
  }

  /** Reads what came since. */
  void read() {
    List<String> all = wire.received();
    for (String text : all.subList(read, all.size())) {
      if (text.startsWith("{\"event\":\"connected\"")) {
        connected(text);
      } else if (session != null) {
        understood.add(session.openEnvelope(text));
      } else if (text.startsWith(FaultyExchange.HIDDEN)) {
        understood.add(FaultyExchange.revealed(text));
      }
    }
    read = all.size();
  }

  private void connected(String text) {
    Matcher found = ID.matcher(text);
    id = found.find() ? found.group(1) : null;
    Matcher keys = KEYS.matcher(text);
    if (way == Way.BUILT_IN && keys.find()) {
      session = client.join(keys.group(1), keys.group(2));
    }
  }
}
