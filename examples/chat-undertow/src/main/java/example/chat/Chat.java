package example.chat;

import dev.roomcast.core.RoomServer;
import dev.roomcast.core.audience.Client;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.core.hook.Call;
import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.undertow.UndertowOptions;
import dev.roomcast.undertow.UndertowTransport;
import java.util.List;
import java.util.Optional;

/** Whoever has a name may enter rooms, and talk to those who are there. */
public final class Chat {
  record Login(String name) {}

  record Say(String room, String text) {}

  record Said(String room, String from, String text) {}

  private Chat() {}

  public static void main(String[] arguments) {
    RoomServer<Void> server = on(8080);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    System.out.println("Chatting at " + server.start().uri());
  }

  static RoomServer<Void> on(int port) {
    return RoomServer.<Void>builder()
        .transport(UndertowTransport.on(UndertowOptions.port(port)))
        .codec(JacksonCodec.create())
        .authenticator(Login.class, (login, request) -> admit(login))
        .rooms((client, asked) -> asked.stream().filter(room -> room.startsWith("chat-")).toList())
        .on("say", Say.class, Chat::say)
        .reply("who", String.class, (call, room) -> names(call.server().room(room).clients()))
        .build();
  }

  private static Optional<Admission<Void>> admit(Login login) {
    boolean named = login.name() != null && !login.name().isBlank();
    return named ? Optional.of(Admission.of(login.name())) : Optional.empty();
  }

  private static void say(Call<Void> call, Say say) {
    if (call.client().rooms().contains(say.room())) {
      Said said = new Said(say.room(), call.client().user(), say.text());
      call.server().room(say.room()).send("said", said);
    }
  }

  private static List<String> names(List<Client<Void>> clients) {
    return clients.stream().map(Client::user).distinct().sorted().toList();
  }
}
