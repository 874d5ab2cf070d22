package dev.roomcast.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * Runs the tests of one rule of a contract suite on a wrong adapter, in the calling thread and by
 * JUnit's Jupiter engine, which has to be on the class path.
 */
public final class ContractRun {
  private ContractRun() {}

  /**
   * Fails unless some test of this rule catches the adapter. The first that does ends the run: the
   * others would wait in vain for the same.
   *
   * @param suite the contract on a wrong adapter: a concrete class, which may be nested and must
   *     not be private
   * @param rule how the names of the tests that are meant go on behind an underscore: a rule's
   *     number, and more where one of its tests is meant
   * @throws AssertionError if there is no such test, or if all of them pass
   */
  public static void assertCaught(Class<?> suite, String rule) {
    List<DiscoverySelector> tests = testsOf(suite, rule);
    assertThat(tests).as("tests of %s in %s", rule, suite).isNotEmpty();

    assertThat(tests)
        .as("tests of %s that fail on %s", rule, suite.getSimpleName())
        .anyMatch(ContractRun::fails);
  }

  private static boolean fails(DiscoverySelector test) {
    return EngineTestKit.engine("junit-jupiter")
            .selectors(test)
            .execute()
            .testEvents()
            .failed()
            .count()
        > 0;
  }

  private static List<DiscoverySelector> testsOf(Class<?> suite, String rule) {
    List<DiscoverySelector> tests = new ArrayList<>();
    for (Class<?> type = suite; type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class) && method.getName().contains("_" + rule)) {
          tests.add(selectMethod(suite, method));
        }
      }
    }
    return tests;
  }
}
