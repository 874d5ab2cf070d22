package dev.roomcast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs the tests of one rule of a contract suite on a wrong adapter. */
public final class ContractRun {
  private ContractRun() {}

  /**
   * Fails unless some test of this rule catches the adapter. The first that does ends the run: the
   * others would wait in vain for the same.
   *
   * @param rule its number, and more of a test's name where one of them is meant
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
