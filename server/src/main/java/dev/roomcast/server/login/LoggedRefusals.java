package dev.roomcast.server.login;

import dev.roomcast.core.hook.Admission;
import dev.roomcast.core.hook.Authenticator;
import dev.roomcast.core.hook.ConnectRequest;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.server.room.Member;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs whom another authenticator refuses, one a second at most: who guesses tokens must not fill
 * the disk. Thread-safe.
 */
final class LoggedRefusals implements Authenticator<Login, Member> {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedRefusals.class);
  private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();

  private final Authenticator<Login, Member> authenticator;
  private final TimeSource time;

  /** Guarded by this. */
  private long lastNanos;

  /** Refusals since the last line. Guarded by this. */
  private long unlogged;

  LoggedRefusals(Authenticator<Login, Member> authenticator, TimeSource time) {
    this.authenticator = authenticator;
    this.time = time;
    lastNanos = time.nanoTime() - QUIET_NANOS;
  }

  @Override
  public Optional<Admission<Member>> authenticate(Login login, ConnectRequest request)
      throws Exception {
    Optional<Admission<Member>> admission = authenticator.authenticate(login, request);
    if (admission.isEmpty()) {
      refused(request);
    }
    return admission;
  }

  private synchronized void refused(ConnectRequest request) {
    unlogged++;
    long now = time.nanoTime();
    if (now - lastNanos >= QUIET_NANOS) {
      LOG.atInfo()
          .addKeyValue("client", request.clientId())
          .addKeyValue("remote", request.handshake().remoteAddress())
          .addKeyValue("refused", unlogged)
          .log("authentication refused");
      lastNanos = now;
      unlogged = 0;
    }
  }
}
