package dev.roomcast.core.internal.runtime;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries out what a client asked for by {@code join} and {@code leave}. Confined to its loop. */
final class RoomAnswers {
  private final Session session;
  private final ServerContext context;

  RoomAnswers(Session session, ServerContext context) {
    this.session = session;
    this.context = context;
  }

  /** The client may join these; its turn ends when the bus has confirmed them. */
  void join(List<String> names, @Nullable String requestId) {
    if (!session.admitted()) {
      return;
    }
    List<String> joined = names.stream().filter(session.rooms()::join).toList();
    new Confirmation(session.shard(), context)
        .await(
            joined,
            () -> {
              answer("join", joined, requestId);
              session.workFinished();
            });
  }

  /** The client leaves these. */
  void leave(List<String> names, @Nullable String requestId) {
    if (session.admitted()) {
      answer("leave", names.stream().filter(session.rooms()::leave).toList(), requestId);
    }
  }

  private void answer(String event, List<String> names, @Nullable String requestId) {
    if (requestId != null) {
      session.reply(context.messages().encode(event, Map.of("rooms", names), requestId));
    }
  }
}
