package dev.roomcast.core.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NameSetTest {
  private static final List<String> NAMES =
      IntStream.range(0, 60).mapToObj(i -> "room-" + i).toList();

  record Step(boolean add, String name) {}

  private record Version(NameSet tested, Set<String> model) {}

  @Property(tries = 300)
  void keepsEveryVersionAsItWas(@ForAll("steps") List<Step> steps) {
    List<Version> versions = new ArrayList<>();
    NameSet tested = NameSet.EMPTY;
    Set<String> model = new TreeSet<>();
    for (Step step : steps) {
      if (step.add()) {
        tested = tested.with(step.name());
        model.add(step.name());
      } else {
        tested = tested.without(step.name());
        model.remove(step.name());
      }
      versions.add(new Version(tested, new TreeSet<>(model)));
    }

    assertThat(versions).allSatisfy(NameSetTest::isAsItsModel);
  }

  private static void isAsItsModel(Version version) {
    NameSet tested = version.tested();
    Set<String> model = version.model();
    assertThat(tested).containsExactlyElementsOf(model).hasSameSizeAs(model).isEqualTo(model);
    for (String name : NAMES) {
      assertThat(tested.contains(name)).isEqualTo(model.contains(name));
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(Arbitraries.of(true, true, false), Arbitraries.of(NAMES))
        .as(Step::new)
        .list()
        .ofMaxSize(150);
  }

  /** In which order somebody joins and leaves thousands of rooms. */
  enum Order {
    ASCENDING,
    DESCENDING,
    SHUFFLED;

    List<String> of(List<String> ascending) {
      return switch (this) {
        case ASCENDING -> ascending;
        case DESCENDING -> ascending.reversed();
        case SHUFFLED -> {
          List<String> shuffled = new ArrayList<>(ascending);
          Collections.shuffle(shuffled, new Random(7));
          yield shuffled;
        }
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void makesFewNodesAnewHoweverManyNamesThereAre(Order order) {
    List<String> names =
        order.of(IntStream.range(0, 8_192).mapToObj(i -> "%05d".formatted(i)).toList());
    Set<NameSet> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.add(NameSet.EMPTY);
    NameSet all = NameSet.EMPTY;
    for (String name : names) {
      all = all.with(name);
      assertThat(madeAnew(all, known)).isLessThan(40);
    }
    assertThat(all).hasSize(8_192);
    for (String name : names) {
      all = all.without(name);
      assertThat(madeAnew(all, known)).isLessThan(40);
    }
    assertThat(all).isSameAs(NameSet.EMPTY);
  }

  /** How many nodes are new, and known from now on; below one that is known all are. */
  private static int madeAnew(NameSet node, Set<NameSet> known) {
    return known.add(node) ? 1 + madeAnew(node.left, known) + madeAnew(node.right, known) : 0;
  }

  @Test
  void isTheSameWhereNothingChanges() {
    NameSet names = NameSet.EMPTY.with("a").with("b");

    assertThat(names.with("a")).isSameAs(names);
    assertThat(names.with("b")).isSameAs(names);
    assertThat(names.without("c")).isSameAs(names);
  }

  @Test
  void containsNoOtherThings() {
    assertThat(NameSet.EMPTY.with("1").contains((Object) 1)).isFalse();
    assertThat(NameSet.EMPTY.contains("")).isFalse();
  }

  @Test
  void cannotBeChanged() {
    NameSet names = NameSet.EMPTY.with("a");

    assertThatThrownBy(() -> names.add("b")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> names.remove("a")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(names::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void endsItsIteration() {
    assertThatThrownBy(() -> NameSet.EMPTY.iterator().next())
        .isInstanceOf(NoSuchElementException.class);
  }
}
