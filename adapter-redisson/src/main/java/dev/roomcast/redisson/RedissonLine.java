package dev.roomcast.redisson;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.redisson.api.BatchOptions;
import org.redisson.api.RBatch;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisNodeNotFoundException;
import org.redisson.client.WriteRedisConnectionException;
import org.redisson.client.codec.ByteArrayCodec;

/** Publishes by a client whose pool holds one connection. */
final class RedissonLine implements Line {
  private final RedissonClient client;
  private final boolean countsAll;
  private final BatchOptions batches;

  /**
   * A line.
   *
   * @param countsAll whether Redis knows all who hear; a node of a cluster knows its own alone
   */
  RedissonLine(RedissonClient client, boolean countsAll) {
    this.client = client;
    this.countsAll = countsAll;
    batches = BatchOptions.defaults().retryAttempts(0);
  }

  @Override
  public List<CompletionStage<Long>> write(List<Message> messages) {
    try {
      return messages.size() == 1 ? List.of(writeOne(messages.getFirst())) : writeAll(messages);
    } catch (RuntimeException refused) {
      // Such as a client that was shut down: before anything was written.
      CompletionStage<Long> failed = CompletableFuture.failedFuture(refused);
      return messages.stream().map(message -> failed).toList();
    }
  }

  private CompletionStage<Long> writeOne(Message message) {
    return told(
        client
            .getTopic(message.channel(), ByteArrayCodec.INSTANCE)
            .publishAsync(message.payload()));
  }

  private List<CompletionStage<Long>> writeAll(List<Message> messages) {
    RBatch batch = client.createBatch(batches);
    List<CompletionStage<Long>> stages =
        messages.stream()
            .map(
                message ->
                    told(
                        batch
                            .getTopic(message.channel(), ByteArrayCodec.INSTANCE)
                            .publishAsync(message.payload())))
            .toList();
    var unused = batch.executeAsync();
    return stages;
  }

  private CompletionStage<Long> told(CompletionStage<Long> redisson) {
    return redisson.handle(
        (servers, failed) -> {
          if (failed != null) {
            throw why(failed);
          }
          return countsAll ? servers : -1;
        });
  }

  private static RuntimeException why(Throwable failed) {
    Throwable cause =
        failed instanceof CompletionException && failed.getCause() != null
            ? failed.getCause()
            : failed;
    boolean noConnection =
        cause instanceof RedisNodeNotFoundException
            || (cause instanceof RedisConnectionException
                && !(cause instanceof WriteRedisConnectionException));
    if (noConnection) {
      return new NotWritten(cause);
    }
    return cause instanceof RuntimeException known ? known : new CompletionException(cause);
  }
}
