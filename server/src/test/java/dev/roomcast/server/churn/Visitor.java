package dev.roomcast.server.churn;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection of a client, which writes down what it asks for and what it hears. */
final class Visitor implements WebSocket.Listener {
  private static final String MESSAGE = "{\"event\":\"m\",\"data\":";
  private static final Pattern CONNECTED =
      Pattern.compile("\\{\"event\":\"connected\",\"data\":\\{\"id\":\"([0-9a-f-]{36})\".*");
  private static final Pattern CHANGED =
      Pattern.compile(
          "\\{\"event\":\"(join|leave)\",\"data\":\\{\"rooms\":\\[\"(.*)\"]},\"id\":\"c\"}");

  final Site site;
  private final String user;
  private final Log log;
  private final StringBuilder partial = new StringBuilder(); // confined to the listener
  private volatile Stay stay;
  private volatile boolean gone;
  private CompletableFuture<WebSocket> socket; // guarded by this

  private Visitor(Site site, String user, Log log) {
    this.site = site;
    this.user = user;
    this.log = log;
  }

  static Visitor to(Site site, String user, HttpClient http, Log log) {
    Visitor visitor = new Visitor(site, user, log);
    synchronized (visitor) {
      visitor.socket =
          http.newWebSocketBuilder()
              .buildAsync(site.uri, visitor)
              .whenComplete((opened, failed) -> visitor.gone |= failed != null);
    }
    visitor.says("{\"event\":\"authenticate\",\"data\":{\"token\":\"" + user + "\"}}");
    return visitor;
  }

  /** What it hears, once it is admitted and until it ends. */
  Optional<Stay> stay() {
    Stay now = stay;
    return now != null && now.isOpen() ? Optional.of(now) : Optional.empty();
  }

  boolean isGone() {
    return gone;
  }

  private synchronized void says(String text) {
    // One after the other, as the JDK wants it; what cannot be sent any more is nothing.
    socket = socket.thenCompose(open -> open.sendText(text, /* last= */ true));
  }

  void says(Sent message) {
    says("{\"event\":\"say\",\"data\":" + message.number + "}");
  }

  /** Joins a room that it is not in, or leaves one that it is in. */
  void changes(Stay now, String room) {
    boolean leave = now.isIn(room);
    if (leave) {
      now.leaveAsked(room, log.moments.next());
    } else {
      now.joinAsked(room);
    }
    String event = leave ? "leave" : "join";
    says("{\"event\":\"" + event + "\",\"data\":{\"rooms\":[\"" + room + "\"]},\"id\":\"c\"}");
  }

  /** Goes without a word. */
  synchronized void goes() {
    end(0);
    var unused = socket.thenAccept(WebSocket::abort);
  }

  private void end(int code) {
    gone = true;
    Stay now = stay;
    if (now != null) {
      now.ended(code, log.moments.next());
    }
  }

  private void hears(String text) {
    long moment = log.moments.next();
    Stay now = stay;
    if (now == null) {
      Matcher connected = CONNECTED.matcher(text);
      if (connected.matches()) {
        Stay begun = new Stay(connected.group(1), user, site.origin, moment);
        log.add(begun);
        stay = begun;
        if (gone) {
          end(0);
        }
      } else {
        Stay nobody = new Stay("nobody", user, site.origin, moment);
        nobody.fault("before connected: " + text);
        log.add(nobody);
      }
    } else if (text.startsWith(MESSAGE)) {
      now.heard(Integer.parseInt(text, MESSAGE.length(), text.length() - 1, 10));
    } else {
      changed(now, text, moment);
    }
  }

  private static void changed(Stay now, String text, long moment) {
    Matcher changed = CHANGED.matcher(text);
    if (!changed.matches()) {
      now.fault(text);
    } else if (changed.group(1).equals("join")) {
      now.joined(changed.group(2), moment);
    } else {
      now.left(changed.group(2), moment);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      hears(partial.toString());
      partial.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    end(code);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    end(1006);
  }
}
