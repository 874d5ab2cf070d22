package dev.roomcast.server.login;

import dev.roomcast.core.hook.Admission;
import dev.roomcast.core.hook.Authenticator;
import dev.roomcast.core.hook.ConnectRequest;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.server.room.Member;
import java.time.Instant;
import java.util.Optional;

/** Admits the holder of a token until the token expires. Thread-safe. */
final class TokenLogin implements Authenticator<Login, Member> {
  private final TokenFile file;
  private final TimeSource time;

  TokenLogin(TokenFile file, TimeSource time) {
    this.file = file;
    this.time = time;
  }

  @Override
  public Optional<Admission<Member>> authenticate(Login login, ConnectRequest request) {
    return Optional.ofNullable(login.token())
        .flatMap(file.current()::holder)
        .filter(this::stillValid)
        .map(holder -> Admission.of(holder.userId(), holder.member()).expiresAt(holder.expiry()));
  }

  private boolean stillValid(Holder holder) {
    Instant expiry = holder.expiry();
    return expiry == null || time.instant().isBefore(expiry);
  }
}
