package dev.roomcast.simulation;

import dev.roomcast.core.audience.Client;
import dev.roomcast.core.hook.OutboundTransformer;
import dev.roomcast.core.hook.Transformed;
import dev.roomcast.port.codec.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The application's encryption: marks what went through it, takes its time, and fails where it is
 * told to. Watches how many of it run at once.
 */
final class Transformer implements OutboundTransformer<String> {
  /** As the option of that name. */
  static final int BATCH_LIMIT = 2;

  /** One that runs longer does not count (100 ms by the protocol, less what a reading may cost). */
  private static final Duration COUNTS = Duration.ofMillis(95);

  private final Services services;
  private final ServerNode node;
  private final List<Long> running = new ArrayList<>();
  private int hung;

  Transformer(Services services, ServerNode node) {
    this.services = services;
    this.node = node;
  }

  /** How many will never end. */
  int hung() {
    return hung;
  }

  @Override
  public CompletionStage<Transformed> transform(
      Client<String> client, String event, @Nullable Json data) {
    Member member = node.memberAt(client.remoteAddress());
    if (!member.enterTransformation()) {
      services.broken("one transformation of a client at a time", member.toString());
    }
    Long began = services.time().nanoTime();
    running.add(began);
    long counting = running.stream().filter(start -> began - start < COUNTS.toNanos()).count();
    if (counting > BATCH_LIMIT) {
      services.broken(
          "never more transformations at once than the limit", counting + " of " + BATCH_LIMIT);
    }
    int choice = services.time().chance(24);
    if (choice < 4 && services.setup().faultyTransformer()) {
      return fail(member, began, choice);
    }
    return choice < 8 ? later(member, began, event, data) : now(member, began, event, data);
  }

  private CompletionStage<Transformed> now(
      Member member, Long began, String event, @Nullable Json data) {
    switch (services.time().chance(12)) {
      case 0 -> services.time().hooks().pause(Duration.ofMillis(1 + services.time().chance(10)));
      case 1 -> services.time().hooks().pause(Duration.ofMillis(150));
      default -> {}
    }
    end(member, began);
    return CompletableFuture.completedFuture(transformed(member, event, data));
  }

  private CompletionStage<Transformed> later(
      Member member, Long began, String event, @Nullable Json data) {
    CompletableFuture<Transformed> result = new CompletableFuture<>();
    services
        .time()
        .newLane("transformation")
        .executeAfter(
            Duration.ofMillis(services.time().chance(20)),
            () -> {
              end(member, began);
              result.complete(transformed(member, event, data));
            });
    return result;
  }

  @SuppressWarnings("NullAway") // to yield null is one of the faults
  private CompletionStage<Transformed> fail(Member member, Long began, int how) {
    services.note("  the transformer fails for " + member);
    member.allow(4004);
    member.mayBeCutOff();
    if (how == 0) {
      hung++;
      return new CompletableFuture<>();
    }
    end(member, began);
    return switch (how) {
      case 1 -> throw new IllegalStateException("the transformer was told to throw");
      case 2 -> CompletableFuture.completedFuture(null);
      default -> CompletableFuture.failedFuture(new IllegalStateException("told to fail"));
    };
  }

  private void end(Member member, Long began) {
    member.leaveTransformation();
    running.remove(began);
  }

  private Transformed transformed(Member member, String event, @Nullable Json data) {
    if (event.equals(ServerNode.MESSAGE) && services.time().chance(10) == 0 && data != null) {
      Object value = services.codec().mapper().fromJson(data, Object.class);
      if (value instanceof Map<?, ?> members && members.get("n") instanceof Number number) {
        member.asIs().add(number.intValue());
        return Transformed.asIs();
      }
    }
    Map<String, @Nullable Object> wrapped = new LinkedHashMap<>();
    wrapped.put("event", event);
    wrapped.put("data", data);
    return Transformed.replaced(Application.SECRET, wrapped);
  }
}
