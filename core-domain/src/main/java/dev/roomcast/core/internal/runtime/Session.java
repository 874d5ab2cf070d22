package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.audience.Client;
import dev.roomcast.core.audience.ClientState;
import dev.roomcast.core.audience.Disconnection;
import dev.roomcast.core.internal.model.Backlog;
import dev.roomcast.core.internal.model.Closes;
import dev.roomcast.core.internal.model.Effect;
import dev.roomcast.core.internal.model.Ending;
import dev.roomcast.core.internal.model.ErrorText;
import dev.roomcast.core.internal.model.SessionEvent;
import dev.roomcast.core.internal.model.SessionMachine;
import dev.roomcast.core.internal.model.SessionState;
import dev.roomcast.core.internal.model.Transition;
import dev.roomcast.core.options.LimitOptions;
import dev.roomcast.port.codec.Envelope;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.MessageKind;
import dev.roomcast.port.transport.Pending;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: asks the machine what follows from what happens, and carries the effects out.
 * Confined to its loop, except {@link #snapshot}, {@link #admitted}, {@link #id} and {@link
 * #shard}.
 */
public final class Session implements ConnectionListener {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final CompletableFuture<Void> NOT_GREETED =
      CompletableFuture.completedFuture(null);

  private final String id;
  private final InetSocketAddress remoteAddress;
  private final Shard shard;
  private final ServerContext context;
  private final Instant connectedAt;
  private final long openedNanos;
  private final Sender sender;
  private final SessionRooms rooms;
  private final SessionLogin login;
  private final Inbound inbound;
  private final Mailbox mailbox;
  private final Intake intake;
  private SessionState state = SessionMachine.initial();

  /** Completes with the connected hook; nothing to wait for where there was none. */
  private volatile CompletableFuture<Void> greeting = NOT_GREETED;

  private volatile Profile profile = Profile.NOBODY;

  Session(
      String id, Connection connection, Handshake handshake, Shard shard, ServerContext context) {
    this.id = id;
    this.shard = shard;
    this.context = context;
    remoteAddress = handshake.remoteAddress();
    connectedAt = context.time().instant();
    openedNanos = context.time().nanoTime();
    sender = new Sender(this, connection, context);
    rooms = new SessionRooms(this, shard, context);
    login = new SessionLogin(this, handshake, context);
    inbound = new Inbound(this, context);
    LimitOptions limits = context.options().limits();
    mailbox = new Mailbox(new ClientWork(this, context), limits);
    intake = new Intake(connection, mailbox, limits, context.time());
  }

  void open() {
    shard.opened(this);
    context.directory().add(id, this);
    context.population().opened(remoteAddress);
    context.observer().count(Signal.CONNECTION_OPENED);
    login.awaitAuthentication();
    intake.demand();
  }

  @Override
  public void onMessage(MessageKind kind, ByteBuffer payload) {
    context.observer().count(Signal.MESSAGE_RECEIVED);
    if (!intake.accept()) {
      context.observer().count(Signal.RATE_LIMITED);
      happen(new SessionEvent.CloseAsked(Closes.RATE_LIMITED, Backlog.FLUSH));
      return;
    }
    inbound.receive(payload);
    intake.demand();
  }

  @Override
  public void onBackpressure(Backpressure level) {
    sender.onBackpressure(level);
  }

  @Override
  public void onClosing(CloseStatus status) {
    happen(new SessionEvent.ConnectionEnded(new Ending(status.code(), status.reason())));
  }

  @Override
  public void onClosed(CloseStatus status, long lostMessages) {
    happen(new SessionEvent.ConnectionEnded(new Ending(status.code(), status.reason())));
    sender.abandon();
    shard.closed(this);
    if (lostMessages > 0) {
      context.observer().count(Signal.MESSAGE_DROPPED_CLOSED, lostMessages);
      LOG.debug("client {} ended with {} messages unsent", id, lostMessages);
    }
    context.observer().count(Signal.CONNECTION_CLOSED);
    // Until here it uses a socket, so until here it counts against the limit.
    if (state instanceof SessionState.Disconnected over && !over.admitted()) {
      context.population().noLongerUnauthenticated(remoteAddress);
    }
    login.closed();
    context.population().closed();
  }

  /** Something happened that no message brought. */
  void happen(SessionEvent event) {
    happen(event, null);
  }

  /**
   * Something happened.
   *
   * @param message the one at hand, for effects that need it
   */
  void happen(SessionEvent event, @Nullable Envelope message) {
    Transition transition = SessionMachine.step(state, event);
    state = transition.next();
    ClientState now = state.publicState();
    // Admission publishes its state together with user and metadata: others see all or nothing.
    if (now != profile.state() && now != ClientState.AUTHENTICATED) {
      profile = profile.in(now);
    }
    for (Effect effect : transition.effects()) {
      carryOut(effect, message);
    }
  }

  private void carryOut(Effect effect, @Nullable Envelope message) {
    switch (effect) {
      case Effect.Answer(ErrorText error, String requestId) -> answer(error, requestId);
      case Effect.Authenticate authenticate ->
          login.begin(message == null ? null : message.data(), false);
      case Effect.Renew renew -> login.begin(message == null ? null : message.data(), true);
      case Effect.Admit admit -> login.admit();
      case Effect.Renewed(String requestId) -> login.renewed(requestId);
      case Effect.Enqueue enqueue -> {
        if (message != null) {
          mailbox.offer(new Mailbox.Work.Handle(message));
        }
      }
      case Effect.Decrypt decrypt -> {
        if (message != null) {
          inbound.decrypt(message);
        }
      }
      case Effect.Retire(Ending ending, boolean admitted) -> retire(ending, admitted);
      case Effect.Close(Ending ending, Backlog backlog) ->
          sender.close(
              new CloseStatus(ending.code(), ending.reason()),
              switch (backlog) {
                case FLUSH -> Pending.FLUSH;
                case DISCARD -> Pending.DISCARD;
              });
    }
  }

  private void retire(Ending ending, boolean admitted) {
    Client<Object> last = snapshot();
    login.end(admitted);
    context.directory().remove(id);
    rooms.leaveAll();
    int unhandled = mailbox.clear();
    if (unhandled > 0) {
      context.observer().count(Signal.MESSAGE_UNHANDLED, unhandled);
    }
    LOG.debug("client {} ended: {} {}", id, ending.code(), ending.reason());
    context.population().goodbyeBegins();
    Disconnection cause = new Disconnection(ending.code(), ending.reason(), admitted);
    // Whoever counts the present must not be told of a leaving before the coming.
    var unused = greeting.thenRun(() -> Farewell.say(context, last, cause));
  }

  /** Answers with an error; dropped if the client is too slow. */
  void answer(ErrorText error, @Nullable String requestId) {
    if (error == ErrorText.NOT_AUTHENTICATED || error == ErrorText.ALREADY_AUTHENTICATED) {
      context.observer().count(Signal.MESSAGE_REFUSED);
    }
    sender.send(context.messages().error(error, requestId), Flush.TURN_END);
  }

  /** Sends an answer of the application's; dropped if the client is gone or too slow. */
  void reply(OutboundMessage message) {
    if (!admitted()) {
      context.observer().count(Signal.MESSAGE_DROPPED_CLOSED);
    } else if (sender.send(message, Flush.TURN_END)) {
      context.observer().count(Signal.MESSAGE_QUEUED);
    }
  }

  /** The client's first work: its connected hook. */
  void greet() {
    greeting = new CompletableFuture<>();
    mailbox.offer(new Mailbox.Work.Greet());
  }

  /** The connected hook has ended. Any thread. */
  void greeted() {
    greeting.complete(null);
  }

  /** The work at hand is done; go on with the next, and read on if reading had paused. */
  void workFinished() {
    if (!admitted()) {
      return;
    }
    mailbox.finished();
    intake.resume();
  }

  /** An {@code Error} escaped a hook. */
  void crashed() {
    happen(new SessionEvent.CloseAsked(Closes.INTERNAL_ERROR, Backlog.FLUSH));
  }

  /** A message could not be encrypted; those before it were, and go out. */
  void encryptionFailed(String reason) {
    LOG.warn("client {} is closed: {}", id, reason);
    happen(new SessionEvent.CloseAsked(Closes.ENCRYPTION_REQUIRED, Backlog.FLUSH));
  }

  void checkHeartbeat() {
    if (intake.silentFor(context.options().sessions().heartbeatTimeout())) {
      happen(new SessionEvent.FellSilent());
    }
  }

  void publish(Profile next) {
    profile = next;
  }

  Profile profile() {
    return profile;
  }

  SessionState state() {
    return state;
  }

  Sender sender() {
    return sender;
  }

  SessionEncryption encryption() {
    return new SessionEncryption(this, context);
  }

  RoomAnswers roomAnswers() {
    return new RoomAnswers(this, context);
  }

  SessionRooms rooms() {
    return rooms;
  }

  InetSocketAddress remoteAddress() {
    return remoteAddress;
  }

  /** The client's id. Any thread. */
  public String id() {
    return id;
  }

  /** The shard that owns it. Any thread. */
  public Shard shard() {
    return shard;
  }

  /** Whether it is DISCONNECTED. Any thread. */
  boolean ended() {
    return profile.state() == ClientState.DISCONNECTED;
  }

  /** Whether it is AUTHENTICATED. Any thread. */
  public boolean admitted() {
    return profile.state() == ClientState.AUTHENTICATED;
  }

  /** The client as it is now. Any thread. */
  public Client<Object> snapshot() {
    Profile now = profile;
    return new Client<>(
        id,
        now.state(),
        now.userId(),
        now.metadata(),
        rooms.names(),
        sender.backpressured(),
        now.encrypted(),
        connectedAt,
        connectedAt.plusNanos(intake.lastNanos() - openedNanos),
        now.expiresAt(),
        now.serverPublicKey(),
        now.salt(),
        remoteAddress);
  }
}
