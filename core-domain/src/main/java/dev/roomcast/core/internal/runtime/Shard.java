package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.internal.hub.Room;
import dev.roomcast.core.internal.model.Backlog;
import dev.roomcast.core.internal.model.Deadlines;
import dev.roomcast.core.internal.model.SessionEvent;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.port.transport.Flush;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that one loop owns: its sessions, its shares of rooms, its deadlines. Executes commands in
 * order. Confined to its loop, except {@link #submit} and {@link #members}.
 */
public final class Shard {
  private static final Logger LOG = LoggerFactory.getLogger(Shard.class);

  private static final RoomShare.Sent NOBODY = new RoomShare.Sent(0, 0);
  private static final RoomShare.Sent QUEUED = new RoomShare.Sent(1, 0);
  private static final RoomShare.Sent DROPPED = new RoomShare.Sent(0, 1);

  private final EventLoop loop;
  private final ServerContext context;
  private final Inbox inbox;
  private final Set<Session> sessions = new LinkedHashSet<>(); // every open one; confined
  private final RoomShare everyone = new RoomShare(null);
  // Written by the loop alone; other threads look members up in it.
  private final Map<Room<Shard>, RoomShare> shares = new ConcurrentHashMap<>();
  private final Deadlines<Runnable> deadlines = new Deadlines<>(); // confined
  private long armedNanos = Long.MAX_VALUE; // confined; when the loop's timer fires
  private boolean armed; // confined

  Shard(EventLoop loop, ServerContext context) {
    this.loop = loop;
    this.context = context;
    inbox =
        new Inbox(
            loop,
            context.time(),
            context.options().limits().inboxBytes(),
            this::execute,
            this::abandon);
    loop.execute(this::sweepLater);
  }

  /** Submits a command; false if the inbox is full or the loop closed. Any thread. */
  public boolean submit(Command command) {
    return inbox.submit(command);
  }

  private void execute(Command command) {
    try {
      switch (command) {
        case Command.Send send -> send(send);
        case Command.Join join -> join(join);
        case Command.Leave leave -> leave(leave);
        case Command.Close close -> close(close);
        case Command.CloseAll all ->
            new ArrayList<>(sessions)
                .forEach(
                    session ->
                        session.happen(new SessionEvent.CloseAsked(all.ending(), Backlog.FLUSH)));
        case Command.Encrypt(Session session, var done) ->
            done.complete(session.encryption().beginByApplication());
        case Command.Continue next -> next.step().run();
        case Command.ContinueOrAbandon next -> next.step().run();
      }
    } catch (RuntimeException fault) {
      // A fault of ours in one command must not stop the loop's other sessions.
      LOG.error("a {} command failed", command.getClass().getSimpleName(), fault);
      abandon(command);
    }
  }

  /** A command that was accepted and will not be completed; nobody may wait for it for ever. */
  private void abandon(Command command) {
    switch (command) {
      case Command.Send send -> {
        context.observer().count(Signal.PUBLISH_REJECTED);
        send.tally().rejected();
      }
      case Command.Join join -> {
        context.directory().rooms().release(join.claimed(), this);
        join.result().answer(false);
      }
      case Command.Leave leave -> leave.result().answer(false);
      case Command.Encrypt encrypt -> encrypt.done().complete(false);
      case Command.Close close -> close.tally().rejected();
      // Nobody waits for these; where the loop is closed, the transport has ended its sessions.
      case Command.CloseAll all -> {}
      case Command.Continue next -> {}
      case Command.ContinueOrAbandon next -> next.abandoned().run();
    }
  }

  private void send(Command.Send send) {
    RoomShare.Sent sent =
        switch (send.to()) {
          case Selection.One(Session session) -> sendToOne(session, send);
          case Selection.Members(Room<Shard> room) -> {
            RoomShare share = shares.get(room);
            yield share == null ? NOBODY : fanOut(share, send);
          }
          case Selection.Everyone everywhere -> fanOut(everyone, send);
        };
    if (sent.queued() > 0) {
      context.observer().count(Signal.MESSAGE_QUEUED, sent.queued());
    }
    send.tally().delivered(sent.queued(), sent.dropped());
  }

  private RoomShare.Sent sendToOne(Session session, Command.Send send) {
    if (session.ended()) {
      // After the publisher had found it; the report says the same as for a stranger: nobody.
      context.observer().count(Signal.MESSAGE_DROPPED_CLOSED);
    }
    if (!session.admitted() || send.except().contains(session)) {
      return NOBODY;
    }
    // Answers and direct messages never wait for pacing; fan-out may.
    return session.sender().send(send.message(), Flush.TURN_END) ? QUEUED : DROPPED;
  }

  private static RoomShare.Sent fanOut(RoomShare share, Command.Send send) {
    return share.send(send.message(), Flush.PACED, send.except());
  }

  private void join(Command.Join join) {
    boolean[] any = new boolean[1];
    forEach(
        join.who(),
        join.except(),
        session -> any[0] |= session.rooms().join(join.claimed().name()));
    Runnable answer = () -> join.result().answer(any[0]);
    new Confirmation(this, context).await(List.of(join.claimed().name()), answer, answer);
    context.directory().rooms().release(join.claimed(), this);
  }

  private void leave(Command.Leave leave) {
    boolean[] any = new boolean[1];
    forEach(
        leave.who(),
        leave.except(),
        session -> {
          var unused = session.rooms().leave(leave.room());
          any[0] = true;
        });
    leave.result().answer(any[0]);
  }

  private void close(Command.Close close) {
    int[] closed = new int[1];
    forEach(
        close.who(),
        close.except(),
        session -> {
          session.happen(new SessionEvent.CloseAsked(close.ending(), Backlog.FLUSH));
          closed[0]++;
        });
    close.tally().delivered(closed[0], 0);
  }

  /** The admitted sessions of this loop among those selected. */
  private void forEach(Selection who, Exclusion except, Consumer<Session> action) {
    Consumer<Session> included =
        session -> {
          if (!except.contains(session)) {
            action.accept(session);
          }
        };
    switch (who) {
      case Selection.One(Session session) -> {
        if (session.admitted()) {
          included.accept(session);
        }
      }
      case Selection.Members(Room<Shard> room) -> {
        RoomShare share = shares.get(room);
        if (share != null) {
          share.forEach(included);
        }
      }
      case Selection.Everyone everywhere -> everyone.forEach(included);
    }
  }

  /** The admitted sessions of this loop among those selected, as they are now. Any thread. */
  public List<Session> members(Selection who) {
    return switch (who) {
      case Selection.One(Session session) -> session.admitted() ? List.of(session) : List.of();
      case Selection.Members(Room<Shard> room) -> {
        RoomShare share = shares.get(room);
        yield share == null ? List.of() : share.snapshot();
      }
      case Selection.Everyone everywhere -> everyone.snapshot();
    };
  }

  void opened(Session session) {
    sessions.add(session);
  }

  void closed(Session session) {
    sessions.remove(session);
  }

  RoomShare.Membership addToEveryone(Session session) {
    return everyone.add(session);
  }

  /** Adds a member to this loop's share of a room on which the caller holds a claim. */
  RoomShare.Membership addTo(Room<Shard> room, Session session) {
    return shares.computeIfAbsent(room, RoomShare::new).add(session);
  }

  /** Ends a membership, and its share with the last one; the caller releases the claim after. */
  void remove(RoomShare.Membership membership) {
    membership.end();
    Room<Shard> room = membership.room();
    if (room != null && membership.lastLeft()) {
      shares.remove(room);
    }
  }

  /** Runs a step on this loop once the delay is over, unless it is cancelled. */
  Deadlines.Deadline<Runnable> after(Duration delay, Runnable step) {
    long due = context.time().nanoTime() + delay.toNanos();
    Deadlines.Deadline<Runnable> deadline = deadlines.add(due, step);
    arm();
    return deadline;
  }

  void cancel(Deadlines.Deadline<Runnable> deadline) {
    deadlines.cancel(deadline);
  }

  // One timer of the loop for all deadlines; a later one that is still armed finds nothing due.
  private void arm() {
    var next = deadlines.next();
    if (next.isPresent() && (!armed || next.getAsLong() - armedNanos < 0)) {
      armed = true;
      armedNanos = next.getAsLong();
      long delay = Math.max(Duration.ofMillis(1).toNanos(), armedNanos - context.time().nanoTime());
      loop.after(Duration.ofNanos(delay), this::runDue);
    }
  }

  private void runDue() {
    long now = context.time().nanoTime();
    if (armed && armedNanos - now <= 0) {
      armed = false;
    }
    try {
      for (Optional<Runnable> step = deadlines.poll(now);
          step.isPresent();
          step = deadlines.poll(now)) {
        execute(new Command.Continue(step.get()));
      }
    } finally {
      arm(); // also where a step throws an Error: the others must not wait for ever
    }
  }

  private void sweepLater() {
    after(context.options().sessions().heartbeatInterval(), this::sweep);
  }

  private void sweep() {
    sweepLater();
    everyone.forEach(Session::checkHeartbeat);
  }
}
