package dev.roomcast.server.login;

import dev.roomcast.core.RoomServerBuilder;
import dev.roomcast.core.hook.Authenticator;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.server.room.Member;
import java.nio.file.Path;

/** How clients say who they are. Thread-safe. */
public final class Logins {
  private final Authenticator<Login, Member> authenticator;
  private final boolean development;

  private Logins(Authenticator<Login, Member> authenticator, boolean development) {
    this.authenticator = new LoggedRefusals(authenticator, TimeSource.system());
    this.development = development;
  }

  /** Development mode: any name is a user. */
  public static Logins development() {
    return new Logins(new DevelopmentLogin(), /* development= */ true);
  }

  /**
   * Only who has a token of a file; {@link TokenFileParser} says what it looks like.
   *
   * @throws IllegalArgumentException that names the file, the line and the reason
   */
  public static Logins tokens(Path file) {
    return new Logins(
        new TokenLogin(TokenFile.read(file), TimeSource.system()), /* development= */ false);
  }

  /** Whether any name is a user. */
  public boolean anyName() {
    return development;
  }

  /** Lets a server authenticate so. */
  public void install(RoomServerBuilder<Member> server) {
    server.authenticator(Login.class, authenticator);
  }
}
