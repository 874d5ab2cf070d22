package dev.roomcast.redisson;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RBatch;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisNodeNotFoundException;
import org.redisson.client.WriteRedisConnectionException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.connection.ConnectionManager;

/** Publishes by a client whose pool holds one connection. */
final class RedissonLine implements Line {
  private final RedissonClient client;
  private final @Nullable Masters masters;

  /**
   * A line.
   *
   * @param masters of a cluster, where it is one
   */
  RedissonLine(RedissonClient client, @Nullable Masters masters) {
    this.client = client;
    this.masters = masters;
  }

  /** Who is master, as far as a client of a cluster knows. */
  static Masters masters(RedissonClient client) {
    ConnectionManager nodes = ((Redisson) client).getCommandExecutor().getConnectionManager();
    return channel -> nodes.getEntry(nodes.calcSlot(channel));
  }

  @Override
  public List<CompletionStage<Long>> write(List<Message> messages) {
    if (masters == null) {
      return writeToOne(messages);
    }
    // A queue is for one master, but what waited while its slot moved is for another. If one of
    // them is away the whole batch fails, and what the other took must not be written again.
    IdentityHashMap<Message, CompletionStage<Long>> stages = new IdentityHashMap<>();
    for (List<Message> same : byMaster(messages, masters)) {
      Iterator<CompletionStage<Long>> written = writeToOne(same).iterator();
      same.forEach(message -> stages.put(message, written.next()));
    }
    return messages.stream().map(stages::get).toList();
  }

  /** In their order for each; what belongs to no known master is together. */
  private static Collection<List<Message>> byMaster(List<Message> messages, Masters masters) {
    Map<@Nullable Object, List<Message>> groups = new HashMap<>();
    for (Message message : messages) {
      groups
          .computeIfAbsent(masters.of(message.channel()), unseen -> new ArrayList<>())
          .add(message);
    }
    return groups.values();
  }

  private List<CompletionStage<Long>> writeToOne(List<Message> messages) {
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
    RBatch batch = client.createBatch();
    List<CompletableFuture<Long>> stages =
        messages.stream()
            .map(
                message ->
                    told(
                        batch
                            .getTopic(message.channel(), ByteArrayCodec.INSTANCE)
                            .publishAsync(message.payload())))
            .toList();
    // Of a command that Redis was too busy for only the batch is told, not the command.
    var unused =
        batch
            .executeAsync()
            .whenComplete(
                (done, failed) -> {
                  if (failed != null) {
                    stages.forEach(stage -> stage.completeExceptionally(why(failed)));
                  }
                });
    return List.copyOf(stages);
  }

  private CompletableFuture<Long> told(CompletionStage<Long> redisson) {
    CompletableFuture<Long> told = new CompletableFuture<>();
    var unused =
        redisson.whenComplete(
            (servers, failed) -> {
              if (failed == null) {
                // A node of a cluster knows of its own subscribers alone.
                told.complete(masters == null ? servers : -1);
              } else {
                told.completeExceptionally(why(failed));
              }
            });
    return told;
  }

  private static Throwable why(Throwable failed) {
    Throwable told =
        failed instanceof CompletionException && failed.getCause() != null
            ? failed.getCause()
            : failed;
    for (Throwable cause = told; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case WriteRedisConnectionException perhapsWritten -> {
          return new Lost(told);
        }
        // That there was no connection to write to is said in several ways.
        case RedisConnectionException refused -> {
          return new NotWritten(told);
        }
        case RedisNodeNotFoundException unknown -> {
          return new NotWritten(told);
        }
        case ConnectException refused -> {
          return new NotWritten(told);
        }
        default -> {}
      }
    }
    return told;
  }
}
