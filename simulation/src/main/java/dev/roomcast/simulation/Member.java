package dev.roomcast.simulation;

import dev.roomcast.core.audience.Disconnection;
import dev.roomcast.testkit.transport.SimulatedClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the model knows of one client. */
final class Member {
  private final String name;
  private final ServerNode home;
  private final SimulatedClient client;
  private final Reader reader;
  private final long connectedAtNanos;
  private final Map<String, Fact> rooms = new LinkedHashMap<>();
  private final Fact ended = new Fact(false);
  private final Set<Integer> allowedCodes = new TreeSet<>();
  private final List<Integer> acts = new ArrayList<>();
  private final List<Integer> surelyHandled = new ArrayList<>();
  private final List<Integer> handled = new ArrayList<>();
  private final List<Disconnection> goodbyes = new ArrayList<>();
  private @Nullable Login login;
  private @Nullable String id;
  private @Nullable String user;
  private boolean mayPass;
  private boolean admitted;
  private boolean closedGracefully = true;
  private boolean everBlocked;
  private boolean blocked;
  private int hooksRunning;
  private int transformations;
  private final Set<Integer> asIs = new TreeSet<>();
  private @Nullable Integer encryptedFrom;
  private boolean encryptionUnsure;

  Member(String name, ServerNode home, SimulatedClient client, Reader reader, long nowNanos) {
    this.name = name;
    this.home = home;
    this.client = client;
    this.reader = reader;
    connectedAtNanos = nowNanos;
    World.DEFAULT_ROOMS.forEach(room -> rooms.put(room, new Fact(true)));
  }

  ServerNode home() {
    return home;
  }

  SimulatedClient client() {
    return client;
  }

  Reader reader() {
    return reader;
  }

  long connectedAtNanos() {
    return connectedAtNanos;
  }

  Fact room(String room) {
    return rooms.computeIfAbsent(room, key -> new Fact(false));
  }

  Map<String, Fact> rooms() {
    return rooms;
  }

  Fact ended() {
    return ended;
  }

  /** The close codes for which there was a reason. */
  Set<Integer> allowedCodes() {
    return allowedCodes;
  }

  void allow(int... codes) {
    for (int code : codes) {
      allowedCodes.add(code);
    }
  }

  /** The first attempt to authenticate; the others are answered with an error. */
  @Nullable Login login() {
    return login;
  }

  void login(Login first, boolean passes) {
    login = first;
    mayPass = passes;
  }

  /** Whether it has asked to be admitted and nothing speaks against it. */
  boolean mayPass() {
    return mayPass;
  }

  @Nullable String id() {
    return id;
  }

  void id(String known) {
    id = known;
  }

  /** The user as which it authenticates; null for none and for an anonymous client. */
  @Nullable String user() {
    return user;
  }

  void user(@Nullable String known) {
    user = known;
  }

  boolean admitted() {
    return admitted;
  }

  void admit() {
    admitted = true;
  }

  /** Whether it is AUTHENTICATED, its end apart. */
  Certainty admission() {
    return admitted ? Certainty.YES : Certainty.of(login != null && mayPass).and(Certainty.MAYBE);
  }

  /** Whether it is AUTHENTICATED for all that it knows itself. */
  Certainty present() {
    return admission().and(ended.seenBy(this, home.origin()).not());
  }

  /** Whether nothing has happened that may cut off what is queued for it. */
  boolean closedGracefully() {
    return closedGracefully;
  }

  void mayBeCutOff() {
    closedGracefully = false;
  }

  boolean everBlocked() {
    return everBlocked;
  }

  boolean blocked() {
    return blocked;
  }

  void blocked(boolean now) {
    blocked = now;
    everBlocked |= now;
  }

  /** The messages for its handler, in the order sent. */
  List<Integer> acts() {
    return acts;
  }

  /** Those of them that were sent when it was admitted for sure. */
  List<Integer> surelyHandled() {
    return surelyHandled;
  }

  /** Those of them that its handler got, in order. */
  List<Integer> handled() {
    return handled;
  }

  /** What the disconnected hook was told. */
  List<Disconnection> goodbyes() {
    return goodbyes;
  }

  /** A hook begins that must not overlap others; false if it does. */
  boolean enterHook() {
    return ++hooksRunning == 1;
  }

  void leaveHook() {
    hooksRunning--;
  }

  /** A transformation begins; false if one of this client runs. */
  boolean enterTransformation() {
    return ++transformations == 1;
  }

  void leaveTransformation() {
    transformations--;
  }

  /** The messages that the transformer chose to send in the clear. */
  Set<Integer> asIs() {
    return asIs;
  }

  int transformations() {
    return transformations;
  }

  /** The number from which on messages of its own server are encrypted; null if never. */
  @Nullable Integer encryptedFrom() {
    return encryptedFrom;
  }

  /** Encryption was switched on by a call that has this number. */
  void encrypt(int number, Certainty takesPlace) {
    if (encryptedFrom == null && takesPlace == Certainty.YES) {
      encryptedFrom = number;
    } else if (takesPlace == Certainty.MAYBE) {
      encryptionUnsure |= encryptedFrom == null;
    }
  }

  /** Encryption may begin at a place that the model does not know. */
  void encryptSometime() {
    encryptionUnsure = true;
  }

  boolean encryptionUnsure() {
    return encryptionUnsure;
  }

  @Override
  public String toString() {
    return name;
  }
}
