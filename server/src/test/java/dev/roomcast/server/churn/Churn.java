package dev.roomcast.server.churn;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Clients that come, join, speak, leave and go at random, on servers that send by themselves and
 * are started anew. For one use.
 */
final class Churn implements AutoCloseable {
  private static final int SITES = 3;
  private static final int PEOPLE = 300;
  private static final int ROOMS = 20;

  /** Three sessions of each user, mostly on different servers. */
  private static final int USERS = PEOPLE / 3;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Log log;
  private final Random random;
  private final Function<String, Site> newSite;
  private final HttpClient http;
  private final ExecutorService listening = Executors.newFixedThreadPool(4);
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(3);
  private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
  private final List<CompletableFuture<Void>> crashes = new ArrayList<>();

  // Guarded by this, like all below: a server ends either before somebody goes there or after.
  private final Site[] sites = new Site[SITES]; // null while there is none
  private final Visitor[] people = new Visitor[PEOPLE];
  private boolean over;
  private int starts;
  private int shutdowns;

  /**
   * Nobody is there yet.
   *
   * @param newSite starts a server of that name
   */
  Churn(Log log, long seed, Function<String, Site> newSite) {
    this.log = log;
    this.newSite = newSite;
    random = new Random(seed);
    http = HttpClient.newBuilder().executor(listening).build();
  }

  int shutdowns() {
    return shutdowns;
  }

  int crashes() {
    return crashes.size();
  }

  /**
   * Goes on for some time, longer where a busy machine has not seen both a shutdown and a crash by
   * then, and waits until everything has arrived.
   */
  void run(Duration time) {
    Duration betweenRestarts = time.dividedBy(6);
    Duration longest = Duration.ofSeconds(8);
    long pause = Math.min(betweenRestarts.toMillis(), longest.toMillis());
    IntStream.range(0, SITES).forEach(this::startSite);
    everybodyComes();
    every(4, this::oneActs);
    for (int site = 0; site < SITES; site++) {
      int which = site;
      every(20, () -> siteSends(which));
    }
    every(pause, this::restartOne);
    CompletableFuture<Void> enough = new CompletableFuture<>();
    var unused = clock.schedule(() -> enough.complete(null), time.toMillis(), MILLISECONDS);
    enough.join();
    await().atMost(PATIENCE).until(() -> !faults.isEmpty() || endedBothWays());
    settle();
  }

  private synchronized boolean endedBothWays() {
    return shutdowns > 0 && !crashes.isEmpty();
  }

  private void every(long millis, Runnable what) {
    var unused =
        clock.scheduleWithFixedDelay(
            () -> {
              try {
                what.run();
              } catch (RuntimeException | Error fault) {
                faults.add(fault);
                throw fault;
              }
            },
            millis,
            millis,
            MILLISECONDS);
  }

  private void startSite(int which) {
    Site started = newSite.apply("server " + which + ", start " + starts);
    synchronized (this) {
      starts++;
      sites[which] = started;
    }
  }

  private void everybodyComes() {
    for (int who = 0; who < PEOPLE; who++) {
      comes(who, sites[who % SITES]);
    }
    await().atMost(PATIENCE).until(() -> Stream.of(people).allMatch(Churn::isSettled));
  }

  private synchronized void comes(int who, Site site) {
    people[who] = Visitor.to(site, "user-" + who % USERS, http, log);
  }

  private synchronized Optional<Site> anySite() {
    List<Site> up = Arrays.stream(sites).filter(Objects::nonNull).toList();
    return up.isEmpty() ? Optional.empty() : Optional.of(up.get(random.nextInt(up.size())));
  }

  private synchronized void oneActs() {
    if (over) {
      return;
    }
    int who = random.nextInt(PEOPLE);
    Visitor visitor = people[who];
    if (visitor == null || visitor.isGone()) {
      anySite().ifPresent(site -> comes(who, site));
      return;
    }
    visitor
        .stay()
        .ifPresent(
            stay -> {
              int what = random.nextInt(100);
              String room = room();
              if (what == 0) {
                visitor.goes();
              } else if (what < 40 && !stay.isUndecided(room)) {
                visitor.changes(stay, room);
              } else {
                burst(stay.clientId).forEach(visitor::says);
              }
            });
  }

  private void siteSends(int which) {
    Site site;
    List<Sent> messages;
    synchronized (this) {
      site = sites[which];
      if (over || site == null) {
        return;
      }
      messages = burst(site.origin.name);
    }
    try {
      messages.forEach(site::send);
    } catch (IllegalStateException shutsDown) {
      // As it says itself; such a message counts as one that is not known to have been sent.
    }
  }

  /** Some to the same, one right after the other: what is swapped on the way is seen. */
  private List<Sent> burst(String sender) {
    Target target = target();
    Set<String> excluded = excluded();
    return Stream.generate(() -> log.message(sender, target, excluded))
        .limit(1 + random.nextInt(4))
        .toList();
  }

  private String room() {
    return "room-" + random.nextInt(ROOMS);
  }

  private Target target() {
    int what = random.nextInt(20);
    Target room = new Target.Room(room());
    return switch (what) {
      case 0 -> new Target.Everyone();
      case 1, 2, 3 -> new Target.User("user-" + random.nextInt(USERS));
      case 4, 5, 6 -> anybody().<Target>map(Target.Visitor::new).orElse(room);
      default -> room;
    };
  }

  private Set<String> excluded() {
    Set<String> excluded = new HashSet<>();
    for (int i = random.nextInt(4); i > 1; i--) {
      anybody().ifPresent(excluded::add);
    }
    return Set.copyOf(excluded);
  }

  private Optional<String> anybody() {
    return Stream.ofNullable(people[random.nextInt(PEOPLE)])
        .flatMap(visitor -> visitor.stay().stream())
        .map(stay -> stay.clientId)
        .findFirst();
  }

  private void restartOne() {
    Site site;
    int which;
    boolean crash;
    synchronized (this) {
      if (over) {
        return;
      }
      which = random.nextInt(SITES);
      site = sites[which];
      crash = crashes.size() < shutdowns;
      sites[which] = null;
      shutdowns += crash ? 0 : 1;
    }
    if (crash) {
      CompletableFuture<Void> crashed = site.crash(() -> everybodyLoses(site));
      synchronized (this) {
        crashes.add(crashed);
      }
    } else {
      site.shutdown();
    }
    startSite(which);
  }

  private synchronized void everybodyLoses(Site site) {
    Stream.of(people)
        .filter(visitor -> visitor != null && visitor.site == site)
        .forEach(Visitor::goes);
  }

  /** Nobody does anything any more; a last word of each server shows that all before has come. */
  private void settle() {
    synchronized (this) {
      over = true;
    }
    await().atMost(PATIENCE).until(this::clockIsIdle);
    crashes.forEach(crash -> crash.orTimeout(PATIENCE.toSeconds(), SECONDS).join());
    await().atMost(PATIENCE).until(() -> Stream.of(people).allMatch(Churn::isSettled));
    List<Sent> last =
        Stream.of(sites)
            .map(site -> log.message(site.origin.name, new Target.Everyone(), Set.of()))
            .toList();
    for (int i = 0; i < SITES; i++) {
      sites[i].send(last.get(i));
    }
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                Stream.of(people)
                    .filter(Objects::nonNull)
                    .flatMap(visitor -> visitor.stay().stream())
                    .allMatch(
                        stay -> last.stream().allMatch(message -> stay.hasHeard(message.number))));
    if (!faults.isEmpty()) {
      throw new AssertionError("the run itself failed", faults.peek());
    }
  }

  private boolean clockIsIdle() {
    clock.shutdown();
    return clock.isTerminated();
  }

  private static boolean isSettled(Visitor visitor) {
    return visitor == null || visitor.isGone() || visitor.stay().isPresent();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    Stream.of(people).filter(Objects::nonNull).forEach(Visitor::goes);
    Stream.of(sites).filter(Objects::nonNull).forEach(Site::shutdown);
    http.shutdownNow();
    listening.shutdownNow();
  }
}
