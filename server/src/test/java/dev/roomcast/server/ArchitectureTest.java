package dev.roomcast.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The hexagon, held by the class files of every published module. Maven's dependencies are the
 * first line of defence; this is the second.
 */
final class ArchitectureTest {
  private static final String ROOT = "dev.roomcast.";
  static final List<String> ADAPTERS =
      List.of("wire", "jackson", "undertow", "jetty", "ecdh", "redisson");
  static final List<String> MODULES =
      List.of(
          "port",
          "core",
          "wire",
          "jackson",
          "undertow",
          "jetty",
          "ecdh",
          "redisson",
          "guice",
          "testkit",
          "simulation",
          "server");

  /** Which module alone may use a library's packages. */
  private static final Map<String, String[]> LIBRARIES =
      Map.of(
          "undertow", new String[] {"io.undertow..", "org.xnio.."},
          "jetty", new String[] {"org.eclipse.jetty.."},
          "redisson", new String[] {"org.redisson.."},
          "jackson", new String[] {"tools.jackson..", "com.fasterxml.jackson.."});

  static final List<String> LIBRARY_OWNERS = LIBRARIES.keySet().stream().sorted().toList();

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.roomcast");

  @ParameterizedTest
  @FieldSource("MODULES")
  void seesEveryModule(String module) {
    assertThat(CLASSES.that(resideInAPackage(packages(module)))).isNotEmpty();
  }

  @Test
  void knowsEveryPackageAsPartOfAModule() {
    classes().should().resideInAnyPackage(packages(MODULES)).check(CLASSES);
  }

  @Test
  void portsStandOnTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage(packages("port"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(packages("port"), "java..", "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void coreStandsOnThePorts() {
    classes()
        .that()
        .resideInAPackage(packages("core"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            packages("core"),
            packages("port"),
            "java..",
            "org.slf4j..",
            "org.jspecify..",
            "com.google.errorprone.annotations..")
        .check(CLASSES);
  }

  @Test
  void modelIsPure() {
    noClasses()
        .that()
        .resideInAPackage("dev.roomcast.core.internal.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.concurrent..", "dev.roomcast.port.transport..", "org.slf4j..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void testkitStandsOnThePorts() {
    noClasses()
        .that()
        .resideInAPackage(packages("testkit"))
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.roomcast..")
                .and(not(resideInAnyPackage(packages("testkit"), packages("port")))))
        .check(CLASSES);
  }

  /** Transports alone may stand on one other module, the wire. */
  @ParameterizedTest
  @FieldSource("ADAPTERS")
  void adaptersKnowNeitherTheCoreNorEachOther(String adapter) {
    List<String> allowed = new ArrayList<>(List.of(adapter, "port"));
    if (Set.of("undertow", "jetty").contains(adapter)) {
      allowed.add("wire");
    }
    noClasses()
        .that()
        .resideInAPackage(packages(adapter))
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.roomcast..").and(not(resideInAnyPackage(packages(allowed)))))
        .check(CLASSES);
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void internalsAreUsedByTheirModuleAlone(String module) {
    noClasses()
        .that()
        .resideOutsideOfPackage(packages(module))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + module + "..internal..")
        .check(CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("dev.roomcast.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @FieldSource("LIBRARY_OWNERS")
  void librariesStayInTheirAdapter(String owner) {
    noClasses()
        .that()
        .resideOutsideOfPackage(packages(owner))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(LIBRARIES.get(owner))
        .check(CLASSES);
  }

  @Test
  void guiceStaysInModulesAndWiring() {
    noClasses()
        .that(
            not(resideInAnyPackage(packages("guice"), packages("server")))
                .and(not(describe("are named *Module", ArchitectureTest::isGuiceModule))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.inject..")
        .check(CLASSES);
  }

  @Test
  void timeComesThroughItsPort() {
    noClasses()
        .that(
            not(resideInAPackage(packages("server")))
                .and(not(describe("implement the time port", ArchitectureTest::isSystemTime))))
        .should()
        .accessTargetWhere(
            describe(
                "the machine's time is read or slept for", call -> readsTime(call.getTarget())))
        .check(CLASSES);
  }

  private static boolean readsTime(AccessTarget target) {
    JavaClass owner = target.getOwner();
    String method = target.getName();
    return (owner.isEquivalentTo(System.class)
            && Set.of("currentTimeMillis", "nanoTime").contains(method))
        || (owner.isEquivalentTo(Thread.class) && method.equals("sleep"))
        || (owner.isEquivalentTo(Clock.class) && method.startsWith("system"))
        || (owner.getPackageName().equals(Instant.class.getPackageName()) && method.equals("now"));
  }

  /** The system implementation of the time port: {@code System…} in the ports' module. */
  private static boolean isSystemTime(JavaClass type) {
    return type.getPackageName().startsWith("dev.roomcast.port")
        && (type.getSimpleName().startsWith("System")
            || type.getEnclosingClass().filter(ArchitectureTest::isSystemTime).isPresent());
  }

  private static boolean isGuiceModule(JavaClass type) {
    return type.getSimpleName().endsWith("Module")
        || type.getEnclosingClass().filter(ArchitectureTest::isGuiceModule).isPresent();
  }

  private static String packages(String module) {
    return ROOT + module + "..";
  }

  private static String[] packages(List<String> modules) {
    return modules.stream().map(ArchitectureTest::packages).toArray(String[]::new);
  }
}
