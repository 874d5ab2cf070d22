package dev.roomcast.core.options;

import static dev.roomcast.core.options.LimitOptions.UNLIMITED;

import dev.roomcast.port.transport.Compression;
import dev.roomcast.port.transport.TransportSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Collects options; each is checked when it is set, and a wrong one is an {@link
 * IllegalArgumentException} that names option, value and what is allowed. Not thread-safe.
 */
public final class OptionsBuilder {
  private String name = "roomcast";
  private String path = "/ws";
  private List<String> defaultRooms = List.of("ws-default", "ws-notification");
  private List<String> subprotocols = List.of();
  private Duration authTimeout = Duration.ofSeconds(5);
  private Duration heartbeatInterval = Duration.ofSeconds(30);
  private Duration heartbeatTimeout = Duration.ofSeconds(90);
  private Duration expiryGrace = Duration.ofSeconds(25);
  private Duration transformTimeout = Duration.ofSeconds(5);
  private int encryptedBatchLimit = 10;
  private boolean requireEncryption;
  private boolean acceptPlaintext = true;
  private int maxPayloadLength = 128 * 1024;
  private Duration idleTimeout = Duration.ofSeconds(60);
  private boolean sendPings = true;
  private Duration closeTimeout = Duration.ofSeconds(5);
  private int backpressureLimit = 1024 * 1024;
  private boolean closeOnBackpressureLimit = true;
  private Duration stallTimeout = Duration.ofSeconds(10);
  private Duration handshakeTimeout = Duration.ofSeconds(10);
  private int maxHandshakeBytes = 16 * 1024;
  private Duration pacing = TransportSettings.DEFAULT_PACING;
  private boolean compression;
  private int compressionThreshold = Compression.DEFAULT_THRESHOLD;
  private Set<String> allowedOrigins = Set.of();
  private int maxConnections = UNLIMITED;
  private int maxUnauthenticated = 5_000;
  private int maxUnauthenticatedPerAddress = UNLIMITED;
  private int maxSessionsPerUser = UNLIMITED;
  private int maxRoomsPerClient = 8_192;
  private int messagesPerSecond;
  private int messageBurst;
  private int mailboxMessages = 256;
  private int mailboxBytes = 1024 * 1024;
  private long inboxBytes = 16L * 1024 * 1024;
  private String channelPrefix = "ws:";
  private boolean interest;
  private Duration confirmationTimeout = Duration.ofSeconds(1);

  /** The server's name in logs and metrics; {@code roomcast}. */
  public OptionsBuilder name(String value) {
    name = OptionCheck.notBlank("name", value);
    return this;
  }

  /** Where clients connect; {@code /ws}. */
  public OptionsBuilder path(String value) {
    path = OptionCheck.that(value.startsWith("/"), "path", value, "a path that starts with '/'");
    return this;
  }

  /** Rooms that every client joins at admission; {@code ws-default} and {@code ws-notification}. */
  public OptionsBuilder defaultRooms(Collection<String> values) {
    values.forEach(value -> OptionCheck.roomName("defaultRooms", value));
    defaultRooms = List.copyOf(values);
    return this;
  }

  /** Subprotocols that the server speaks (RFC 6455 section 1.9); none. */
  public OptionsBuilder subprotocols(Collection<String> values) {
    values.forEach(value -> OptionCheck.notBlank("subprotocols", value));
    subprotocols = List.copyOf(values);
    return this;
  }

  /** Time from connecting to {@code authenticate}; 5 s. The authenticator has three times that. */
  public OptionsBuilder authTimeout(Duration value) {
    authTimeout = OptionCheck.positive("authTimeout", value);
    return this;
  }

  /** Time between sweeps for silent clients; 30 s. */
  public OptionsBuilder heartbeatInterval(Duration value) {
    heartbeatInterval = OptionCheck.positive("heartbeatInterval", value);
    return this;
  }

  /** Silence of an authenticated client after which a sweep closes it with 4002; 90 s. */
  public OptionsBuilder heartbeatTimeout(Duration value) {
    heartbeatTimeout = OptionCheck.positive("heartbeatTimeout", value);
    return this;
  }

  /** Time after the expiry of an authentication until 4008; 25 s. Zero is allowed. */
  public OptionsBuilder expiryGrace(Duration value) {
    expiryGrace = OptionCheck.notNegative("expiryGrace", value);
    return this;
  }

  /** Time for one transformation of the application; 5 s. Past it: 4004. */
  public OptionsBuilder transformTimeout(Duration value) {
    transformTimeout = OptionCheck.positive("transformTimeout", value);
    return this;
  }

  /** Transformations of the application at the same time; 10. */
  public OptionsBuilder encryptedBatchLimit(int value) {
    encryptedBatchLimit = OptionCheck.atLeast(1, "encryptedBatchLimit", value);
    return this;
  }

  /** Whether every client must encrypt; false. */
  public OptionsBuilder requireEncryption(boolean value) {
    requireEncryption = value;
    return this;
  }

  /** Whether a client whose session is encrypted may still send in the clear; true. */
  public OptionsBuilder acceptPlaintext(boolean value) {
    acceptPlaintext = value;
    return this;
  }

  /** The largest inbound message in bytes; 131072. Beyond it: 1009. */
  public OptionsBuilder maxPayloadLength(int value) {
    maxPayloadLength = OptionCheck.atLeast(1, "maxPayloadLength", value);
    return this;
  }

  /** Time without any byte until 1001; 60 s. Zero never closes. */
  public OptionsBuilder idleTimeout(Duration value) {
    idleTimeout = OptionCheck.notNegative("idleTimeout", value);
    return this;
  }

  /** Whether the transport pings at half of {@code idleTimeout}; true. */
  public OptionsBuilder sendPings(boolean value) {
    sendPings = value;
    return this;
  }

  /** Time until a close that the peer does not answer ends by force; 5 s. */
  public OptionsBuilder closeTimeout(Duration value) {
    closeTimeout = OptionCheck.positive("closeTimeout", value);
    return this;
  }

  /** Bytes that may stay unsent after a write attempt; 1048576. */
  public OptionsBuilder backpressureLimit(int value) {
    backpressureLimit = OptionCheck.atLeast(1024, "backpressureLimit", value);
    return this;
  }

  /**
   * Whether a client over its limit is closed with 4005; true. Otherwise its newest messages are
   * dropped, counted, and it is told by a {@code gap} event.
   */
  public OptionsBuilder closeOnBackpressureLimit(boolean value) {
    closeOnBackpressureLimit = value;
    return this;
  }

  /** Time in which a socket must take a byte while something waits; 10 s. */
  public OptionsBuilder stallTimeout(Duration value) {
    stallTimeout = OptionCheck.positive("stallTimeout", value);
    return this;
  }

  /** Time from accepting a connection to its whole upgrade request; 10 s. */
  public OptionsBuilder handshakeTimeout(Duration value) {
    handshakeTimeout = OptionCheck.positive("handshakeTimeout", value);
    return this;
  }

  /** The largest head of an upgrade request in bytes; 16384. Beyond it: HTTP 431. */
  public OptionsBuilder maxHandshakeBytes(int value) {
    maxHandshakeBytes = OptionCheck.atLeast(1024, "maxHandshakeBytes", value);
    return this;
  }

  /**
   * How long a fan-out may wait for others to leave with, while its event loop is busy; 5 ms. Zero
   * for never, otherwise 1 ms to 1 s. A loop that keeps up lets none wait, and answers, errors and
   * messages to one client never do.
   */
  public OptionsBuilder pacing(Duration value) {
    boolean inRange =
        value.compareTo(Duration.ofMillis(1)) >= 0 && value.compareTo(Duration.ofSeconds(1)) <= 0;
    pacing =
        OptionCheck.that(
            value.isZero() || inRange, "pacing", value, "zero (never), or 1 ms to 1 s");
    return this;
  }

  /**
   * Whether messages are compressed (permessage-deflate, RFC 7692) for clients that offer it;
   * false. Each is compressed once, however many get it; encrypted ones never are, so it must stay
   * off where every client must encrypt.
   */
  public OptionsBuilder compression(boolean value) {
    compression = value;
    return this;
  }

  /** The size in bytes from which a message is compressed; 256. */
  public OptionsBuilder compressionThreshold(int value) {
    compressionThreshold = OptionCheck.atLeast(0, "compressionThreshold", value);
    return this;
  }

  /**
   * Origins of pages that may connect, for example {@code https://app.example}, or {@code
   * http://localhost:*} for any port; empty, which allows every origin. A default port is taken
   * off, since browsers send none. A client without an {@code Origin} header is no browser and
   * always may.
   */
  public OptionsBuilder allowedOrigins(Collection<String> values) {
    Set<String> origins = new TreeSet<>();
    values.forEach(value -> origins.add(OptionCheck.origin(value)));
    allowedOrigins = origins;
    return this;
  }

  /** Connections in all; unlimited. */
  public OptionsBuilder maxConnections(int value) {
    maxConnections = OptionCheck.atLeast(1, "maxConnections", value);
    return this;
  }

  /**
   * Connections in all that are not admitted; 5000. An authenticator that still runs for a client
   * who is gone counts like one.
   */
  public OptionsBuilder maxUnauthenticated(int value) {
    maxUnauthenticated = OptionCheck.atLeast(1, "maxUnauthenticated", value);
    return this;
  }

  /** Connections of one remote address that are not admitted; unlimited. */
  public OptionsBuilder maxUnauthenticatedPerAddress(int value) {
    maxUnauthenticatedPerAddress = OptionCheck.atLeast(1, "maxUnauthenticatedPerAddress", value);
    return this;
  }

  /**
   * Sessions of one user on this server; unlimited. One more is refused with {@code error} "Too
   * many sessions" and 4003. A session whose peer vanished without a close, as of a phone that
   * changed its network, counts until {@code idleTimeout} ends it.
   */
  public OptionsBuilder maxSessionsPerUser(int value) {
    maxSessionsPerUser = OptionCheck.atLeast(1, "maxSessionsPerUser", value);
    return this;
  }

  /** Rooms of one client, its own not counted; 8192. */
  public OptionsBuilder maxRoomsPerClient(int value) {
    maxRoomsPerClient = OptionCheck.atLeast(1, "maxRoomsPerClient", value);
    return this;
  }

  /**
   * Messages of one client; unlimited. Beyond it: 4006. What it sent while reading from it paused
   * is not held against it.
   *
   * @param perSecond the rate that may be kept up; 0 for no limit
   * @param burst messages that may come at once on top of it
   */
  public OptionsBuilder messageRate(int perSecond, int burst) {
    messagesPerSecond = OptionCheck.atLeast(0, "messageRate", perSecond);
    messageBurst = OptionCheck.atLeast(1, "messageRate burst", burst);
    return this;
  }

  /**
   * What may wait for a client's handler until reading from it pauses; 256 messages or 1 MiB.
   *
   * @param bytes of the messages' text
   */
  public OptionsBuilder mailbox(int messages, int bytes) {
    mailboxMessages = OptionCheck.atLeast(1, "mailbox messages", messages);
    mailboxBytes = OptionCheck.atLeast(1, "mailbox bytes", bytes);
    return this;
  }

  /**
   * Bytes of messages that may wait for one event loop, with about 320 for each of them; 16 MiB.
   * Beyond it publishes are rejected.
   */
  public OptionsBuilder inboxBytes(long value) {
    inboxBytes = OptionCheck.that(value >= 1024, "inboxBytes", value, "1024 or more");
    return this;
  }

  /** Before the names of the bus's channels; {@code ws:}. Equal on all servers and emitters. */
  public OptionsBuilder channelPrefix(String value) {
    channelPrefix = OptionCheck.notBlank("channelPrefix", value);
    return this;
  }

  /**
   * Whether to subscribe only to the rooms that are here, instead of to all rooms; false. Then
   * {@code connected} and the answer to a join wait for the bus, at most {@link
   * #confirmationTimeout}.
   */
  public OptionsBuilder subscribeByInterest(boolean value) {
    interest = value;
    return this;
  }

  /** How long an answer waits for a subscription by interest; 1 s. */
  public OptionsBuilder confirmationTimeout(Duration value) {
    confirmationTimeout = OptionCheck.positive("confirmationTimeout", value);
    return this;
  }

  /** The options so far. */
  public ServerOptions build() {
    return new ServerOptions(
        name,
        new TransportSettings(
            path,
            maxPayloadLength,
            idleTimeout,
            sendPings,
            closeTimeout,
            backpressureLimit,
            stallTimeout,
            handshakeTimeout,
            maxHandshakeBytes,
            pacing,
            new Compression(compression, compressionThreshold)),
        new SessionOptions(
            defaultRooms,
            subprotocols,
            authTimeout,
            heartbeatInterval,
            heartbeatTimeout,
            expiryGrace,
            transformTimeout,
            closeTimeout,
            encryptedBatchLimit,
            requireEncryption,
            acceptPlaintext,
            closeOnBackpressureLimit),
        new LimitOptions(
            allowedOrigins,
            maxConnections,
            maxUnauthenticated,
            maxUnauthenticatedPerAddress,
            maxSessionsPerUser,
            maxRoomsPerClient,
            messagesPerSecond,
            messageBurst,
            mailboxMessages,
            mailboxBytes,
            inboxBytes),
        new ClusterOptions(channelPrefix, interest, confirmationTimeout));
  }
}
