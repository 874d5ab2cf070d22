package dev.roomcast.simulation;

import dev.roomcast.port.codec.Codec;
import java.time.Duration;
import java.util.List;

/**
 * Runs a cluster of whole servers in one thread on virtual time, makes things happen to it, and
 * checks what must always be true. The same setup, seed and actions give the same run.
 *
 * <p>Not thread-safe; a run belongs to the thread that calls {@link #run}.
 */
public final class Simulation {
  /** Longer than a subscription may take to be confirmed, and than the bus takes. */
  private static final Duration SETTLING = Duration.ofMillis(1_300);

  /** Longer than a transformation may take. */
  private static final Duration HANGING = Duration.ofSeconds(6);

  private static final Duration FOR_EVERY_DEADLINE = Duration.ofMinutes(10);
  private static final int MOST_ROUNDS = 3_000;

  private final Services services;
  private final Cluster cluster;
  private final StateInvariants state = new StateInvariants();
  private final AtRest atRest;

  private Simulation(Setup setup, Codec codec, long seed) {
    services = new Services(setup, codec, seed);
    cluster = new Cluster(services);
    atRest = new AtRest(services);
  }

  /**
   * Runs the actions, then lets everything settle, checks what each client got, lets everyone leave
   * and checks that nothing is left.
   *
   * @param codec what the servers and clients read and write JSON with
   * @param seed decides how loops, hooks, clients and the bus interleave
   * @return what happened, line by line; equal for equal arguments
   * @throws AssertionError if an invariant is broken; tells the setup, the seed and the actions
   */
  public static List<String> run(Setup setup, Codec codec, long seed, List<Action> actions) {
    Simulation simulation = new Simulation(setup, codec, seed);
    try {
      simulation.run(actions);
    } catch (AssertionError | RuntimeException failed) {
      throw new AssertionError(
          "%s%n%s, seed %d, actions:%n%s%nwhat happened:%n%s"
              .formatted(
                  failed.getMessage(),
                  setup,
                  seed,
                  lines(actions),
                  lines(simulation.services.journal())),
          failed);
    }
    return List.copyOf(simulation.services.journal());
  }

  private static String lines(List<?> things) {
    return String.join(System.lineSeparator(), things.stream().map(thing -> "  " + thing).toList());
  }

  private void run(List<Action> actions) {
    for (Action action : actions) {
      services.note(action.toString());
      cluster.perform(action);
      if (action instanceof Action.Settle) {
        settle();
      } else {
        stepSome();
      }
      cluster.nodes().forEach(this::check);
    }
    finish();
  }

  // Mostly a few steps, so that much is under way at the next action; sometimes none, or many.
  private void stepSome() {
    int steps = services.time().chance(3) == 0 ? 0 : services.time().chance(14);
    for (int i = 0; i < steps && services.time().step(); i++) {
      cluster.observe();
    }
  }

  private void finish() {
    services.note("the end begins");
    cluster.heal();
    settle();
    for (Member member : services.model().members()) {
      new HistoryInvariants(services, member).check();
      services.note(member + " got " + member.reader().reached());
    }
    cluster.everyoneLeaves();
    settle();
    services.time().advance(FOR_EVERY_DEADLINE);
    cluster.everyNode().forEach(this::checkEmpty);
    cluster.shutDown();
    settle();
    services.model().members().forEach(Simulation::checkGoodbye);
  }

  private void settle() {
    services.time().runUntilIdle();
    int rounds = 0;
    do {
      while (busy()) {
        services.time().advance(Duration.ofMillis(50));
        if (++rounds > MOST_ROUNDS) {
          throw new AssertionError("hooks or transformations never end");
        }
      }
      boolean hung = cluster.everyNode().stream().anyMatch(node -> node.hung() > 0);
      services.time().advance(hung ? HANGING : SETTLING);
    } while (busy());
    cluster.observe();
    cluster.nodes().forEach(this::check);
    if (cluster.linked()) {
      atRest.compare();
      cluster.nodes().forEach(node -> state.checkAtRest(node.server(), node.transport()));
    }
  }

  private void check(ServerNode node) {
    state.check(node.server(), node.transport());
  }

  private void checkEmpty(ServerNode node) {
    state.checkEmpty(node.server());
    if (node.running()) { // one that does not goes as a whole
      state.checkForgotten(node.server());
    }
  }

  private boolean busy() {
    int hung = cluster.everyNode().stream().mapToInt(ServerNode::hung).sum();
    int transforming = services.model().members().stream().mapToInt(Member::transformations).sum();
    return services.time().hooks().unfinished() > 0
        || transforming > hung
        || cluster.everyNode().stream().anyMatch(ServerNode::ending);
  }

  private static void checkGoodbye(Member member) {
    int expected = member.client().opened() ? 1 : 0;
    if (member.goodbyes().size() != expected) {
      throw new AssertionError(
          "invariant broken: the disconnected hook runs exactly once for each opened client: "
              + member
              + " had "
              + member.goodbyes());
    }
    member
        .goodbyes()
        .forEach(
            goodbye -> {
              if (goodbye.admitted() != member.admitted()
                  || !member.allowedCodes().contains(goodbye.code())) {
                throw new AssertionError(
                    "invariant broken: the disconnected hook is told the cause: %s, admitted %s, %s, expected one of %s"
                        .formatted(member, member.admitted(), goodbye, member.allowedCodes()));
              }
            });
  }
}
