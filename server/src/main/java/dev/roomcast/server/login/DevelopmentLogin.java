package dev.roomcast.server.login;

import dev.roomcast.core.hook.Admission;
import dev.roomcast.core.hook.Authenticator;
import dev.roomcast.core.hook.ConnectRequest;
import dev.roomcast.server.room.Member;
import java.util.Optional;

/** Development mode: whatever stands for the token is the user's name. */
final class DevelopmentLogin implements Authenticator<Login, Member> {

  @Override
  public Optional<Admission<Member>> authenticate(Login login, ConnectRequest request) {
    return Optional.ofNullable(login.token())
        .filter(UserNames::valid)
        .map(name -> Admission.of(name, Member.PLAIN));
  }
}
