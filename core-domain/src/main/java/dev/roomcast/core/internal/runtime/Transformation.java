package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.audience.Client;
import dev.roomcast.core.hook.OutboundTransformer;
import dev.roomcast.core.hook.Transformed;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the application's transformer for one message. Thread-safe. */
final class Transformation {

  /** What came of it. */
  sealed interface Result {
    record Ready(OutboundMessage message) implements Result {}

    record Failed(String reason) implements Result {}
  }

  private final ServerContext context;

  Transformation(ServerContext context) {
    this.context = context;
  }

  /**
   * Transforms a message.
   *
   * @param then gets the result once, on any thread
   */
  void run(Client<Object> client, OutboundMessage message, Consumer<Result> then) {
    OutboundTransformer<Object> transformer = context.hooks().transformer();
    if (transformer == null) {
      then.accept(new Result.Failed("no transformer is configured"));
      return;
    }
    context
        .hookCalls()
        .<CompletionStage<Transformed>>run(
            "outbound transformer",
            client.id(),
            () -> transformer.transform(client, message.event(), message.data()),
            called -> {
              switch (called) {
                case HookResult.Returned<CompletionStage<Transformed>>(var stage) ->
                    await(client, stage, message, then);
                case HookResult.Threw<CompletionStage<Transformed>> threw ->
                    then.accept(new Result.Failed("the transformer threw"));
                case HookResult.Crashed<CompletionStage<Transformed>> crashed ->
                    then.accept(new Result.Failed("the transformer crashed"));
              }
            });
  }

  private void await(
      Client<Object> client,
      @Nullable CompletionStage<Transformed> stage,
      OutboundMessage message,
      Consumer<Result> then) {
    if (stage == null) {
      then.accept(new Result.Failed("the transformer yielded nothing"));
      return;
    }
    var unused =
        stage.whenComplete(
            (transformed, thrown) ->
                then.accept(
                    thrown == null
                        ? encode(client, transformed, message)
                        : new Result.Failed(
                            "the transformer failed: " + Escaped.line(thrown.toString()))));
  }

  private Result encode(
      Client<Object> client, @Nullable Transformed transformed, OutboundMessage message) {
    return switch (transformed) {
      case null -> new Result.Failed("the transformer yielded nothing");
      case Transformed.AsIs asIs -> new Result.Ready(message);
      case Transformed.Replaced(String event, Object data) -> {
        HookResult<OutboundMessage> encoded =
            context
                .hookCalls()
                .call(
                    "encoding what the transformer yielded",
                    client.id(),
                    () ->
                        context
                            .messages()
                            .encodeTransformed(
                                event, context.codec().mapper().toJson(data), message.id()));
        yield encoded instanceof HookResult.Returned<OutboundMessage>(OutboundMessage ready)
                && ready != null
            ? new Result.Ready(ready)
            : new Result.Failed("what the transformer yielded cannot be encoded");
      }
    };
  }
}
