package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.audience.ClientState;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.core.hook.ConnectRequest;
import dev.roomcast.core.internal.hub.Room;
import dev.roomcast.core.internal.model.Deadlines.Deadline;
import dev.roomcast.core.internal.model.SessionEvent;
import dev.roomcast.core.internal.model.SessionEvent.Outcome;
import dev.roomcast.core.internal.model.SessionState;
import dev.roomcast.core.options.SessionOptions;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.Handshake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's way in: time-outs, the authenticator's answer, admission in one step, renewal,
 * expiry. Confined to the session's loop.
 */
final class SessionLogin {
  private static final Logger LOG = LoggerFactory.getLogger(SessionLogin.class);

  /** An expiry further away than this needs no deadline; keeps the arithmetic in range. */
  private static final Duration FAR = Duration.ofDays(3650);

  /** What is needed for admission once the machine agrees. */
  private record Granted(
      Admission<Object> admission, LoginResult.@Nullable Keys keys, List<Room<Shard>> rooms) {}

  private final Session session;
  private final ServerContext context;
  private @Nullable Handshake handshake; // until nobody can ask for it any more
  private int attempt;
  private boolean asking; // the authenticator has not returned
  private boolean gone;
  private @Nullable Granted granted;
  private @Nullable Room<Shard> user;
  private RoomShare.@Nullable Membership inUser;
  private RoomShare.@Nullable Membership inEveryone;
  private @Nullable Deadline<Runnable> timeout;
  private @Nullable Deadline<Runnable> expiry;

  SessionLogin(Session session, Handshake handshake, ServerContext context) {
    this.session = session;
    this.handshake = handshake;
    this.context = context;
  }

  void awaitAuthentication() {
    limit(options().authTimeout(), new SessionEvent.AuthenticationTimedOut());
  }

  /** Asks the authenticator. */
  void begin(@Nullable Json data, boolean renewal) {
    Handshake request = handshake;
    if (request == null) {
      throw new IllegalStateException("client " + session.id() + " cannot authenticate again");
    }
    limit(
        options().authenticatingTimeout(),
        renewal ? new SessionEvent.RenewalTimedOut() : new SessionEvent.AuthenticationTimedOut());
    int mine = ++attempt;
    asking = true;
    new Login(context)
        .run(
            new ConnectRequest(session.id(), request),
            data,
            renewal,
            result ->
                session.shard().submit(new Command.Continue(() -> ended(mine, renewal, result))));
  }

  private void ended(int mine, boolean renewal, LoginResult result) {
    asking = false;
    if (gone) {
      context.population().abandonedReturned(session.remoteAddress());
    }
    if (mine != attempt) {
      LOG.debug("client {}: the authenticator's answer came too late", session.id());
      return;
    }
    switch (result) {
      case LoginResult.No(Outcome outcome) -> conclude(outcome);
      case LoginResult.Yes yes when renewal -> renew(yes.admission());
      case LoginResult.Yes yes -> grant(mine, yes);
    }
  }

  private void renew(Admission<Object> admission) {
    granted = new Granted(admission, null, List.of());
    boolean same = Objects.equals(session.profile().userId(), admission.userId());
    conclude(new Outcome.Accepted(admission.expiry() != null, same));
  }

  /** Claims what admission needs, and waits for the bus where rooms are subscribed by interest. */
  private void grant(int mine, LoginResult.Yes yes) {
    session.rooms().claimOwn();
    List<String> names = new ArrayList<>(options().defaultRooms());
    granted = new Granted(yes.admission(), yes.keys(), session.rooms().claim(names));
    names.add(session.id());
    new Confirmation(session.shard(), context)
        .await(
            names,
            () -> {
              if (mine == attempt) {
                enter(yes.admission());
              }
            });
  }

  // Only now, because a user is indexed exactly while a session of theirs is AUTHENTICATED.
  private void enter(Admission<Object> admission) {
    String userId = admission.userId();
    if (userId != null) {
      int limit = context.options().limits().sessionsPerUser();
      user = context.directory().users().claim(userId, session.shard(), limit);
      if (user == null) {
        LOG.debug("client {}: its user has as many sessions as allowed", session.id());
        conclude(new Outcome.TooMany());
        return;
      }
    }
    conclude(new Outcome.Accepted(admission.expiry() != null, true));
  }

  private void conclude(Outcome outcome) {
    attempt++;
    switch (outcome) {
      case Outcome.Accepted accepted -> {}
      case Outcome.TooMany crowded -> context.observer().count(Signal.SESSION_REFUSED);
      default -> context.observer().count(Signal.AUTHENTICATION_FAILED);
    }
    session.happen(new SessionEvent.AuthenticationEnded(outcome));
  }

  /** Admission: one step, in which nothing else happens to the session. */
  void admit() {
    Granted all = take();
    cancelTimeout();
    Admission<Object> admission = all.admission();
    session.publish(
        session
            .profile()
            .in(ClientState.AUTHENTICATED)
            .as(admission.userId(), admission.metadata(), admission.expiry()));
    context.population().noLongerUnauthenticated(session.remoteAddress());
    if (user != null) {
      inUser = session.shard().addTo(user, session);
    }
    inEveryone = session.shard().addToEveryone(session);
    session.rooms().enterOwn();
    all.rooms().forEach(session.rooms()::enter);
    // In the clear, and before anything else: the client cannot decrypt before it has read it.
    session.sender().sendAlways(Welcome.connected(context, session, admission, all.keys()));
    if (all.keys() != null) {
      session.encryption().begin(all.keys());
    }
    awaitExpiry(admission.expiry());
    context.observer().count(Signal.CLIENT_ADMITTED);
    session.greet();
  }

  /** A renewal: metadata and expiry change at once. */
  void renewed(@Nullable String requestId) {
    Admission<Object> admission = take().admission();
    cancelTimeout();
    session.publish(
        session.profile().as(admission.userId(), admission.metadata(), admission.expiry()));
    awaitExpiry(admission.expiry());
    session.sender().sendAlways(Welcome.authenticated(context, admission, requestId));
  }

  private Granted take() {
    Granted all = granted;
    if (all == null) {
      throw new IllegalStateException("client " + session.id() + " was not granted admission");
    }
    granted = null;
    return all;
  }

  private void awaitExpiry(@Nullable Instant expiresAt) {
    cancelExpiry();
    if (expiresAt == null) {
      handshake = null;
      return;
    }
    Instant now = context.time().instant();
    if (expiresAt.isAfter(now.plus(FAR))) {
      return;
    }
    Duration left = Duration.between(now, expiresAt).plus(options().expiryGrace());
    expiry =
        session
            .shard()
            .after(
                left.isPositive() ? left : Duration.ZERO,
                () -> session.happen(new SessionEvent.Expired()));
  }

  /** The session is over: leave the indexes, drop what was granted or asked for. */
  void end(boolean admitted) {
    attempt++;
    cancelTimeout();
    cancelExpiry();
    handshake = null;
    if (granted != null) {
      session.rooms().release(granted.rooms());
      granted = null;
    }
    if (admitted && inEveryone != null) {
      session.shard().remove(inEveryone);
    }
    if (user != null) {
      if (inUser != null) {
        session.shard().remove(inUser);
      }
      context.directory().users().release(user, session.shard());
      user = null;
    }
  }

  /**
   * The connection is gone, the last of it. An authenticator that runs is counted until it returns.
   */
  void closed() {
    gone = true;
    if (asking) {
      context.population().authenticatorAbandoned(session.remoteAddress());
    }
  }

  private void limit(Duration delay, SessionEvent tooLate) {
    cancelTimeout();
    timeout =
        session
            .shard()
            .after(
                delay,
                () -> {
                  if (!(session.state() instanceof SessionState.Disconnected)) {
                    context.observer().count(Signal.AUTHENTICATION_FAILED);
                  }
                  session.happen(tooLate);
                });
  }

  private void cancelTimeout() {
    if (timeout != null) {
      session.shard().cancel(timeout);
      timeout = null;
    }
  }

  private void cancelExpiry() {
    if (expiry != null) {
      session.shard().cancel(expiry);
      expiry = null;
    }
  }

  private SessionOptions options() {
    return context.options().sessions();
  }
}
