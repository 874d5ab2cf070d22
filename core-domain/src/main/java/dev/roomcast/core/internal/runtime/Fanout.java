package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.internal.hub.Directory;
import dev.roomcast.core.internal.hub.Room;
import dev.roomcast.core.internal.model.Ending;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Hands commands to every loop that has a claim on a destination; each loop finds its own members
 * when it gets there. Thread-safe; never blocks.
 */
public final class Fanout {
  private final Directory<Session, Shard> directory;
  private final Shards shards;
  private final Losses losses;

  public Fanout(Directory<Session, Shard> directory, Shards shards, Losses losses) {
    this.directory = directory;
    this.shards = shards;
    this.losses = losses;
  }

  /** Whether anybody here is meant; may be wrong in favour of yes. */
  public boolean concerns(Destination destination) {
    return switch (destination) {
      // Nobody was ever connected; the transport may not even have started.
      case Destination.Everyone everyone -> !shards.all().isEmpty();
      case Destination.ToClient(String id) -> directory.isClient(id);
      case Destination.ToUser(String id) -> directory.users().contains(id);
      case Destination.ToRoom(String name) ->
          directory.rooms().contains(name) || directory.isClient(name);
    };
  }

  // A client's own room is virtual: named by its id, and in no index.
  private List<Selection> select(Destination destination) {
    List<Selection> selected = new ArrayList<>(2);
    switch (destination) {
      case Destination.Everyone everyone -> selected.add(new Selection.Everyone(shards.all()));
      case Destination.ToClient(String id) -> one(id).ifPresent(selected::add);
      case Destination.ToUser(String id) ->
          directory.users().find(id).map(Selection.Members::new).ifPresent(selected::add);
      case Destination.ToRoom(String name) -> {
        one(name).ifPresent(selected::add);
        directory.rooms().find(name).map(Selection.Members::new).ifPresent(selected::add);
      }
    }
    return selected;
  }

  private Optional<Selection.One> one(String clientId) {
    return directory.client(clientId).map(Selection.One::new);
  }

  /** Sends to a destination's clients here; the tally gets one part for each loop. */
  public void send(
      Destination to, Collection<String> except, OutboundMessage message, DeliveryTally tally) {
    Exclusion excluded = exclude(except);
    for (Selection selection : select(to)) {
      for (Shard shard : selection.shards()) {
        tally.begin();
        if (!shard.submit(new Command.Send(selection, excluded, message, tally))) {
          losses.rejected();
          tally.rejected();
        }
      }
    }
  }

  /** Makes a destination's clients here join a room: claimed now, joined in the loops' order. */
  public CompletableFuture<Boolean> join(Destination who, Collection<String> except, String room) {
    Exclusion excluded = exclude(except);
    Gathering result = new Gathering();
    for (Selection selection : select(who)) {
      for (Shard shard : selection.shards()) {
        Room<Shard> claimed = directory.rooms().claim(room, shard);
        result.begin();
        if (!shard.submit(new Command.Join(selection, excluded, claimed, result))) {
          directory.rooms().release(claimed, shard);
          result.answer(false);
        }
      }
    }
    result.answer(false);
    return result.done();
  }

  /** Makes a destination's clients here leave a room. */
  public CompletableFuture<Boolean> leave(Destination who, Collection<String> except, String room) {
    Exclusion excluded = exclude(except);
    Gathering result = new Gathering();
    for (Selection selection : select(who)) {
      for (Shard shard : selection.shards()) {
        result.begin();
        if (!shard.submit(new Command.Leave(selection, excluded, room, result))) {
          result.answer(false);
        }
      }
    }
    result.answer(false);
    return result.done();
  }

  /**
   * Closes a destination's clients here, after what was sent to them; the tally gets one part for
   * each loop.
   */
  public void close(
      Destination who, Collection<String> except, Ending ending, DeliveryTally tally) {
    Exclusion excluded = exclude(except);
    for (Selection selection : select(who)) {
      for (Shard shard : selection.shards()) {
        tally.begin();
        if (!shard.submit(new Command.Close(selection, excluded, ending, tally))) {
          tally.rejected();
        }
      }
    }
  }

  /** Switches the application's encryption on for a client, at its place in the queue. */
  public CompletableFuture<Boolean> encrypt(String clientId) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    boolean submitted =
        directory
            .client(clientId)
            .map(session -> session.shard().submit(new Command.Encrypt(session, done)))
            .orElse(false);
    if (!submitted) {
      done.complete(false);
    }
    return done;
  }

  /** A destination's admitted clients here, as they are now. */
  public List<Session> members(Destination who, Collection<String> except) {
    Set<String> excluded = new HashSet<>(except);
    List<Session> members = new ArrayList<>();
    for (Selection selection : select(who)) {
      for (Shard shard : selection.shards()) {
        shard.members(selection).stream()
            .filter(session -> !excluded.contains(session.id()))
            .forEach(members::add);
      }
    }
    return members;
  }

  private Exclusion exclude(Collection<String> clientIds) {
    if (clientIds.isEmpty()) {
      return Exclusion.NONE; // by far the most publishes
    }
    return Exclusion.of(
        clientIds.stream().map(directory::client).flatMap(Optional::stream).distinct().toList());
  }
}
