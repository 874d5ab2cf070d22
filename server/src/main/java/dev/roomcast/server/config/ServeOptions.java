package dev.roomcast.server.config;

import static dev.roomcast.server.config.Option.core;
import static dev.roomcast.server.config.Option.flag;
import static dev.roomcast.server.config.Option.own;
import static dev.roomcast.server.config.Option.several;

import dev.roomcast.core.options.OptionsBuilder;
import dev.roomcast.ecdh.EcdhOptions;
import dev.roomcast.ecdh.ServerKeys;
import dev.roomcast.redisson.RedissonBus;
import dev.roomcast.server.publish.Reach;
import dev.roomcast.server.room.RoomPattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Every option of {@code serve}, in the order of the help. What is no option here is none. */
final class ServeOptions {
  private static final Reader<Integer> ANY = Reader.number(Integer.MIN_VALUE, Integer.MAX_VALUE);
  private static final String NUMBER = "<number>";
  private static final String DURATION = "<duration>";
  private static final String BYTES = "<bytes>";
  private static final String FILE = "<file>";

  static final Option<String> HOST =
      own("--host", "<address>", "Name or address to listen on; 127.0.0.1.", Reader.text());
  static final Option<Integer> PORT =
      own("--port", NUMBER, "Port to listen on, 0 for a free one; 8080.", Reader.number(0, 65535));
  static final Option<String> PATH =
      core("--path", "<path>", "Path of the WebSocket; /ws.", Reader.text(), OptionsBuilder::path);
  static final Option<Integer> IO_THREADS =
      own(
          "--io-threads",
          NUMBER,
          "Threads that serve connections; as many as processors.",
          Reader.number(1, 1024));
  static final Option<Integer> BACKLOG =
      own(
          "--backlog",
          NUMBER,
          "Connections that may wait to be accepted; 4096.",
          Reader.number(1, Integer.MAX_VALUE));

  static final Option<Library> TRANSPORT =
      own(
          "--transport",
          "<undertow|jetty>",
          "Which library listens; undertow. Clients see no difference.",
          Reader.word(Map.of("undertow", Library.UNDERTOW, "jetty", Library.JETTY)));

  static final Option<Path> TLS_CERT =
      own(
          "--tls-cert",
          FILE,
          "The server's certificate in PEM, then those that issued it: https and wss only. Read"
              + " anew when it changes.",
          Path::of);
  static final Option<Path> TLS_KEY =
      own("--tls-key", FILE, "Its private key in PEM, PKCS#8, not encrypted.", Path::of);
  static final Option<Path> TLS_KEYSTORE =
      own(
          "--tls-keystore",
          FILE,
          "Certificate and key in PKCS#12 or JKS instead. Its password is in the variable "
              + Given.TLS_PASSWORD
              + " or a file.",
          Path::of);
  static final Option<Path> TLS_PASSWORD_FILE =
      own("--tls-password-file", FILE, "A file with that password in its first line.", Path::of);
  static final Option<Path> TLS_CLIENT_CA =
      own(
          "--tls-client-ca",
          FILE,
          "Authorities in PEM: only clients with a certificate of theirs may connect; none.",
          Path::of);
  static final Option<Duration> TLS_RELOAD =
      own(
          "--tls-reload",
          DURATION,
          "How often it is looked at whether these files have changed; 10s.",
          Reader.duration());

  static final Option<Boolean> DEV =
      flag(
          "--dev",
          "Development mode: any name is a user. On loopback only. The default where there are no"
              + " tokens.");
  static final Option<Path> TOKENS =
      own(
          "--tokens",
          FILE,
          "Who may connect, one a line: <token> <user id> [rooms=<pattern>,...]"
              + " [expires=2027-01-31T00:00:00Z]; sha256:<hex> may stand for the token. Read anew"
              + " when it changes.",
          Path::of);
  static final Option<RoomPattern> ROOMS =
      several(
          "--rooms",
          "<pattern>",
          "Rooms that clients may join, '*' for any text, '${userId}' for the user's id."
              + " None; in development mode all.",
          RoomPattern::parse);
  static final Option<Reach> PUBLISH_TO =
      several(
          "--publish-to",
          "<whom>",
          "Whom clients may publish to beyond the rooms they are in: users, clients, all, with"
              + " commas between, or nobody. Nobody; in development mode all three.",
          Reader.word(Map.of("users", Reach.USERS, "clients", Reach.CLIENTS, "all", Reach.ALL)));

  static final Option<Boolean> COMPRESSION =
      core(
          "--compression",
          "<true|false>",
          "Whether messages are compressed (permessage-deflate) for clients that offer it; false.",
          Reader.yesOrNo(),
          OptionsBuilder::compression);
  static final Option<EncryptionMode> ENCRYPTION =
      own(
          "--encryption",
          "<off|optional|required>",
          "Whether clients may encrypt their messages, or must; otherwise 4004. Optional.",
          Reader.word(
              Map.of(
                  "off", EncryptionMode.OFF,
                  "optional", EncryptionMode.OPTIONAL,
                  "required", EncryptionMode.REQUIRED)));
  static final Option<ServerKeys> ENCRYPTION_KEYS =
      own(
          "--encryption-keys",
          "<per-process|per-connection>",
          "How long a key pair of the server's serves; per-process.",
          Reader.word(
              Map.of(
                  "per-process", ServerKeys.PER_PROCESS,
                  "per-connection", ServerKeys.PER_CONNECTION)));
  static final Option<Path> ENCRYPTION_SIGNING_KEY =
      own(
          "--encryption-signing-key",
          "<file>",
          "Signs each key exchange, so that clients who know its public key know the server; the"
              + " log tells it. From: openssl genpkey -algorithm EC -pkeyopt"
              + " ec_paramgen_curve:P-256. None.",
          Path::of);
  static final Option<String> ENCRYPTION_INFO =
      own(
          "--encryption-info",
          "<text>",
          "What derived keys are for, the same at both ends; " + EcdhOptions.DEFAULT_INFO + ".",
          Reader.text());
  static final Option<String> ENCRYPTION_ADDITIONAL_DATA =
      own(
          "--encryption-additional-data",
          "<text>",
          "Authenticated with each message, the same at both ends; none.",
          Reader.text());
  static final Option<Boolean> ACCEPT_PLAINTEXT =
      core(
          "--accept-plaintext",
          "<true|false>",
          "Whether a client that encrypts may also send in the clear; true.",
          Reader.yesOrNo(),
          OptionsBuilder::acceptPlaintext);

  static final Option<String> NAME =
      core(
          "--name",
          "<name>",
          "The server's name in its log; roomcast.",
          Reader.text(),
          OptionsBuilder::name);
  static final Option<Boolean> STATS =
      own(
          "--stats",
          "<true|false>",
          "Whether /stats tells counters to anybody; true on loopback, otherwise false.",
          Reader.yesOrNo());
  static final Option<String> ECHO =
      own(
          "--echo",
          "<path>",
          "Path of a second WebSocket that sends every message back, to anybody, for conformance"
              + " tools; none.",
          Reader.text());
  static final Option<String> LOG_FORMAT =
      own(
          "--log-format",
          "<text|json>",
          "How lines of the log look; text.",
          Reader.word(Map.of("text", "text", "json", "json")));
  static final Option<String> LOG_LEVEL =
      own(
          "--log-level",
          "<level>",
          "What is logged: error, warn, info or debug; info.",
          Reader.word(Map.of("error", "ERROR", "warn", "WARN", "info", "INFO", "debug", "DEBUG")));

  static final Option<Integer> MESSAGE_RATE =
      own(
          "--message-rate",
          NUMBER,
          "Messages of one client per second; 0 is no limit, the default. Beyond it: 4006.",
          Reader.number(0, Integer.MAX_VALUE));
  static final Option<Integer> MESSAGE_BURST =
      own(
          "--message-burst",
          NUMBER,
          "Messages that may come at once on top of the rate; as many as the rate.",
          Reader.number(1, Integer.MAX_VALUE));
  static final Option<Integer> MAILBOX_MESSAGES =
      own(
          "--mailbox-messages",
          NUMBER,
          "Messages of a client that may wait until reading from it pauses; 256.",
          Reader.number(1, Integer.MAX_VALUE));
  static final Option<Integer> MAILBOX_BYTES =
      own("--mailbox-bytes", BYTES, "The same in bytes; 1m.", Reader.bytes());
  static final Option<String> DEFAULT_ROOMS =
      several(
          "--default-rooms",
          "<rooms>",
          "Rooms that every client joins; ws-default,ws-notification.",
          Reader.text());
  static final Option<String> ORIGINS =
      several(
          "--origins",
          "<origins>",
          "Origins of pages that may connect, such as https://app.example; all. In development mode"
              + " those of this machine.",
          Reader.text());

  static final Option<URI> REDIS =
      own(
          "--redis",
          "<uri>",
          "Redis that servers share messages through: redis://host:6379,"
              + " redis+sentinel://host:26379,.../master or redis+cluster://host:6379,...; rediss"
              + " for TLS, user:password@ before the host. None: this server is alone.",
          RedissonBus::uri);
  static final Option<String> CHANNEL_PREFIX =
      core(
          "--channel-prefix",
          "<prefix>",
          "Before the names of the channels in Redis; ws:. Equal on all servers and emitters.",
          Reader.text(),
          OptionsBuilder::channelPrefix);
  static final Option<Boolean> BY_INTEREST =
      core(
          "--by-interest",
          "<true|false>",
          "Whether to subscribe only to rooms that have a member here, instead of to all by a"
              + " pattern; false.",
          Reader.yesOrNo(),
          OptionsBuilder::subscribeByInterest);

  static final List<Section> SECTIONS =
      List.of(
          new Section(
              "Where it listens", List.of(HOST, PORT, PATH, IO_THREADS, BACKLOG, TRANSPORT)),
          new Section(
              "TLS",
              List.of(
                  TLS_CERT, TLS_KEY, TLS_KEYSTORE, TLS_PASSWORD_FILE, TLS_CLIENT_CA, TLS_RELOAD)),
          new Section("Who may do what", List.of(DEV, TOKENS, ROOMS, PUBLISH_TO, ORIGINS)),
          new Section(
              "Encryption",
              List.of(
                  ENCRYPTION,
                  ENCRYPTION_KEYS,
                  ENCRYPTION_SIGNING_KEY,
                  ENCRYPTION_INFO,
                  ENCRYPTION_ADDITIONAL_DATA,
                  ACCEPT_PLAINTEXT)),
          new Section("Sessions", sessions()),
          new Section("Connections", connections()),
          new Section("Limits", limits()),
          new Section("Several servers", List.of(REDIS, CHANNEL_PREFIX, BY_INTEREST)),
          new Section("Operation", List.of(NAME, STATS, ECHO, LOG_FORMAT, LOG_LEVEL)));

  private ServeOptions() {}

  private static List<Option<?>> sessions() {
    return List.of(
        duration(
            "--auth-timeout", "Until a client must authenticate; 5s.", OptionsBuilder::authTimeout),
        duration(
            "--heartbeat-interval",
            "Between sweeps for silent clients; 30s.",
            OptionsBuilder::heartbeatInterval),
        duration(
            "--heartbeat-timeout",
            "Silence after which a client is closed with 4002; 90s.",
            OptionsBuilder::heartbeatTimeout),
        duration(
            "--expiry-grace",
            "After the expiry of a token until its sessions are closed with 4008; 25s.",
            OptionsBuilder::expiryGrace),
        DEFAULT_ROOMS);
  }

  private static List<Option<?>> connections() {
    return List.of(
        core(
            "--max-payload",
            BYTES,
            "The largest message of a client, beyond it 1009; 128k.",
            Reader.bytes(),
            OptionsBuilder::maxPayloadLength),
        duration(
            "--idle-timeout",
            "Without a byte until a connection is closed with 1001, 0 for never; 60s.",
            OptionsBuilder::idleTimeout),
        core(
            "--send-pings",
            "<true|false>",
            "Whether pings go out at half of the idle time-out; true.",
            Reader.yesOrNo(),
            OptionsBuilder::sendPings),
        duration(
            "--close-timeout",
            "Until a close that is not answered ends by force; 5s.",
            OptionsBuilder::closeTimeout),
        core(
            "--backpressure-limit",
            BYTES,
            "What may wait unsent for one client; 1m.",
            Reader.bytes(),
            OptionsBuilder::backpressureLimit),
        core(
            "--close-on-backpressure",
            "<true|false>",
            "Whether a client over that limit is closed with 4005; otherwise it loses messages and"
                + " is told how many. True.",
            Reader.yesOrNo(),
            OptionsBuilder::closeOnBackpressureLimit),
        duration(
            "--stall-timeout",
            "In which a socket must take a byte while something waits; 10s.",
            OptionsBuilder::stallTimeout),
        duration(
            "--handshake-timeout",
            "From accepting a connection to its whole request; 10s.",
            OptionsBuilder::handshakeTimeout),
        core(
            "--max-handshake",
            BYTES,
            "The largest head of a request, beyond it 431; 16k.",
            Reader.bytes(),
            OptionsBuilder::maxHandshakeBytes),
        COMPRESSION,
        core(
            "--compression-threshold",
            BYTES,
            "The size from which a message is compressed; 256.",
            Reader.bytes(),
            OptionsBuilder::compressionThreshold),
        duration(
            "--pacing",
            "How long a message to many may wait for more of them while its thread is busy writing,"
                + " 0 for never; 5ms.",
            OptionsBuilder::pacing));
  }

  private static List<Option<?>> limits() {
    return List.of(
        core(
            "--max-connections",
            NUMBER,
            "Connections in all; no limit.",
            ANY,
            OptionsBuilder::maxConnections),
        core(
            "--max-unauthenticated",
            NUMBER,
            "Connections in all that are not authenticated; 5000.",
            ANY,
            OptionsBuilder::maxUnauthenticated),
        core(
            "--max-unauthenticated-per-address",
            NUMBER,
            "The same of one remote address; no limit.",
            ANY,
            OptionsBuilder::maxUnauthenticatedPerAddress),
        core(
            "--max-sessions-per-user",
            NUMBER,
            "Sessions of one user; no limit.",
            ANY,
            OptionsBuilder::maxSessionsPerUser),
        core(
            "--max-rooms-per-client",
            NUMBER,
            "Rooms of one client; 8192.",
            ANY,
            OptionsBuilder::maxRoomsPerClient),
        MESSAGE_RATE,
        MESSAGE_BURST,
        MAILBOX_MESSAGES,
        MAILBOX_BYTES,
        core(
            "--inbox-bytes",
            BYTES,
            "What may wait for one thread until publishes are rejected; 16m.",
            Reader.bytes(),
            (options, bytes) -> options.inboxBytes(bytes)));
  }

  private static Option<Duration> duration(
      String name, String help, BiConsumer<OptionsBuilder, Duration> core) {
    return core(name, DURATION, help, Reader.duration(), core);
  }
}
