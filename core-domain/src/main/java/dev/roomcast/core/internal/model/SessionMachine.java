package dev.roomcast.core.internal.model;

import dev.roomcast.core.internal.model.Effect.Admit;
import dev.roomcast.core.internal.model.Effect.Answer;
import dev.roomcast.core.internal.model.Effect.Authenticate;
import dev.roomcast.core.internal.model.Effect.Close;
import dev.roomcast.core.internal.model.Effect.Decrypt;
import dev.roomcast.core.internal.model.Effect.Enqueue;
import dev.roomcast.core.internal.model.Effect.Renew;
import dev.roomcast.core.internal.model.Effect.Renewed;
import dev.roomcast.core.internal.model.Effect.Retire;
import dev.roomcast.core.internal.model.SessionEvent.AuthenticationEnded;
import dev.roomcast.core.internal.model.SessionEvent.AuthenticationTimedOut;
import dev.roomcast.core.internal.model.SessionEvent.CloseAsked;
import dev.roomcast.core.internal.model.SessionEvent.ConnectionEnded;
import dev.roomcast.core.internal.model.SessionEvent.Expired;
import dev.roomcast.core.internal.model.SessionEvent.FellSilent;
import dev.roomcast.core.internal.model.SessionEvent.Malformed;
import dev.roomcast.core.internal.model.SessionEvent.Outcome;
import dev.roomcast.core.internal.model.SessionEvent.Received;
import dev.roomcast.core.internal.model.SessionEvent.RenewalTimedOut;
import dev.roomcast.core.internal.model.SessionState.Authenticated;
import dev.roomcast.core.internal.model.SessionState.Authenticating;
import dev.roomcast.core.internal.model.SessionState.Disconnected;
import dev.roomcast.core.internal.model.SessionState.Renewal;
import dev.roomcast.core.internal.model.SessionState.Unauthorized;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of a session as a pure function: the protocol's sections 1.1 to 1.3.
 *
 * <pre>
 * Unauthorized --authenticate--&gt; Authenticating --accepted--&gt; Authenticated &lt;--.
 *      |                              |                          |   |  authenticate, where the
 *      |                              |                          |   '--  admission has an expiry
 *      '---------- close, time-out ---+---- refused, close ------+--&gt; Disconnected
 * </pre>
 */
public final class SessionMachine {
  private static final SessionState UNAUTHORIZED = new Unauthorized();

  private SessionMachine() {}

  /** Where every session begins. */
  public static SessionState initial() {
    return UNAUTHORIZED;
  }

  /** What follows from an event in a state. */
  public static Transition step(SessionState state, SessionEvent event) {
    return switch (state) {
      case Disconnected over -> stay(over);
      case Unauthorized nobody -> unauthorized(nobody, event);
      case Authenticating waiting -> authenticating(waiting, event);
      case Authenticated member -> authenticated(member, event);
    };
  }

  private static Transition unauthorized(Unauthorized state, SessionEvent event) {
    return switch (event) {
      case Malformed(String id) -> answer(state, ErrorText.INVALID_FORMAT, id);
      case Received(var kind, String id) ->
          switch (kind) {
            case HEARTBEAT -> stay(state);
            case AUTHENTICATE -> Transition.to(new Authenticating(id), new Authenticate());
            case ENCRYPTED, ORDINARY -> answer(state, ErrorText.NOT_AUTHENTICATED, id);
          };
      case AuthenticationTimedOut t -> close(Closes.AUTHENTICATION_TIMEOUT, false);
      case CloseAsked(Ending status, Backlog backlog) -> close(status, backlog, false);
      case ConnectionEnded(Ending status) -> ended(status, false);
      case AuthenticationEnded e -> stay(state);
      case RenewalTimedOut e -> stay(state);
      case FellSilent e -> stay(state);
      case Expired e -> stay(state);
    };
  }

  private static Transition authenticating(Authenticating state, SessionEvent event) {
    return switch (event) {
      case Malformed(String id) -> answer(state, ErrorText.INVALID_FORMAT, id);
      case Received(var kind, String id) ->
          switch (kind) {
            case HEARTBEAT -> stay(state);
            case AUTHENTICATE -> answer(state, ErrorText.ALREADY_AUTHENTICATED, id);
            case ENCRYPTED, ORDINARY -> answer(state, ErrorText.NOT_AUTHENTICATED, id);
          };
      case AuthenticationEnded(Outcome outcome) -> ended(outcome, state.requestId());
      case AuthenticationTimedOut t -> close(Closes.AUTHENTICATION_TIMEOUT, false);
      case CloseAsked(Ending status, Backlog backlog) -> close(status, backlog, false);
      case ConnectionEnded(Ending status) -> ended(status, false);
      case RenewalTimedOut e -> stay(state);
      case FellSilent e -> stay(state);
      case Expired e -> stay(state);
    };
  }

  private static Transition ended(Outcome outcome, @Nullable String id) {
    return switch (outcome) {
      case Outcome.Accepted a -> Transition.to(new Authenticated(a.renewable(), null), new Admit());
      case Outcome.Refused r ->
          refuse(ErrorText.AUTHENTICATION_FAILED, id, Closes.AUTHENTICATION_FAILED, false);
      case Outcome.TooMany m ->
          refuse(ErrorText.TOO_MANY_SESSIONS, id, Closes.AUTHENTICATION_FAILED, false);
      case Outcome.Threw t ->
          refuse(ErrorText.AUTHENTICATION_ERROR, id, Closes.AUTHENTICATION_FAILED, false);
      case Outcome.HandshakeFailed h ->
          refuse(ErrorText.HANDSHAKE_FAILED, id, Closes.ENCRYPTION_REQUIRED, false);
      case Outcome.Crashed c -> close(Closes.INTERNAL_ERROR, false);
    };
  }

  private static Transition authenticated(Authenticated state, SessionEvent event) {
    return switch (event) {
      case Malformed(String id) -> answer(state, ErrorText.INVALID_FORMAT, id);
      case Received(var kind, String id) ->
          switch (kind) {
            case HEARTBEAT -> stay(state);
            case AUTHENTICATE -> authenticateAgain(state, id);
            case ENCRYPTED -> Transition.to(state, new Decrypt());
            case ORDINARY -> Transition.to(state, new Enqueue());
          };
      case AuthenticationEnded(Outcome outcome) ->
          state.renewal() == null ? stay(state) : renewed(state.renewal(), outcome);
      case RenewalTimedOut t ->
          state.renewal() == null ? stay(state) : close(Closes.AUTHENTICATION_TIMEOUT, true);
      case FellSilent s -> close(Closes.HEARTBEAT_TIMEOUT, true);
      case Expired e -> close(Closes.AUTHENTICATION_EXPIRED, true);
      case CloseAsked(Ending status, Backlog backlog) -> close(status, backlog, true);
      case ConnectionEnded(Ending status) -> ended(status, true);
      case AuthenticationTimedOut t -> stay(state);
    };
  }

  private static Transition authenticateAgain(Authenticated state, @Nullable String id) {
    return state.renewable() && state.renewal() == null
        ? Transition.to(new Authenticated(true, new Renewal(id)), new Renew())
        : answer(state, ErrorText.ALREADY_AUTHENTICATED, id);
  }

  private static Transition renewed(Renewal renewal, Outcome outcome) {
    String id = renewal.requestId();
    return switch (outcome) {
      case Outcome.Accepted a when a.sameUser() ->
          Transition.to(new Authenticated(a.renewable(), null), new Renewed(id));
      case Outcome.Accepted another ->
          refuse(ErrorText.AUTHENTICATION_FAILED, id, Closes.AUTHENTICATION_FAILED, true);
      case Outcome.Refused r ->
          refuse(ErrorText.AUTHENTICATION_FAILED, id, Closes.AUTHENTICATION_FAILED, true);
      case Outcome.TooMany m ->
          refuse(ErrorText.TOO_MANY_SESSIONS, id, Closes.AUTHENTICATION_FAILED, true);
      case Outcome.Threw t ->
          refuse(ErrorText.AUTHENTICATION_ERROR, id, Closes.AUTHENTICATION_FAILED, true);
      case Outcome.HandshakeFailed h ->
          refuse(ErrorText.HANDSHAKE_FAILED, id, Closes.ENCRYPTION_REQUIRED, true);
      case Outcome.Crashed c -> close(Closes.INTERNAL_ERROR, true);
    };
  }

  private static Transition stay(SessionState state) {
    return new Transition(state, List.of());
  }

  private static Transition answer(SessionState state, ErrorText error, @Nullable String id) {
    return Transition.to(state, new Answer(error, id));
  }

  private static Transition refuse(
      ErrorText error, @Nullable String id, Ending status, boolean admitted) {
    return Transition.to(
        new Disconnected(status, admitted),
        new Answer(error, id),
        new Retire(status, admitted),
        new Close(status, Backlog.FLUSH));
  }

  private static Transition close(Ending status, boolean admitted) {
    return close(status, Backlog.FLUSH, admitted);
  }

  private static Transition close(Ending status, Backlog backlog, boolean admitted) {
    return Transition.to(
        new Disconnected(status, admitted),
        new Retire(status, admitted),
        new Close(status, backlog));
  }

  private static Transition ended(Ending status, boolean admitted) {
    return Transition.to(new Disconnected(status, admitted), new Retire(status, admitted));
  }
}
