package dev.roomcast.simulation;

import dev.roomcast.testkit.cipher.P256Client;
import dev.roomcast.testkit.cipher.P256Session;
import dev.roomcast.testkit.transport.SimulatedClient;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that reads at the end, and decrypts where it shook hands. */
record Reading(SimulatedClient wire, P256Client client) {
  private static final Pattern KEYS =
      Pattern.compile("\"serverPublicKey\":\"([^\"]*)\",\"salt\":\"([^\"]*)\"");

  void shakeHands() {
    wire.send("{\"event\":\"handshake\",\"data\":{\"publicKey\":\"" + client.publicKey() + "\"}}");
  }

  /** The numbers of the messages that came, in the order in which they came. */
  List<Integer> numbers() {
    List<String> clear = new ArrayList<>();
    P256Session session = null;
    for (String text : wire.received()) {
      Matcher keys = KEYS.matcher(text);
      if (session != null) {
        clear.add(session.openEnvelope(text));
      } else if (keys.find()) {
        session = client.join(keys.group(1), keys.group(2));
      } else {
        clear.add(text);
      }
    }
    return OrderOfTenThousandTest.numbersIn(clear);
  }
}
