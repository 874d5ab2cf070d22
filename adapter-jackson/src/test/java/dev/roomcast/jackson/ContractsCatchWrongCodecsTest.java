package dev.roomcast.jackson;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.roomcast.port.codec.Codec;
import dev.roomcast.testkit.codec.BusMessageCodecContract;
import dev.roomcast.testkit.codec.EnvelopeCodecContract;
import dev.roomcast.testkit.codec.JsonMapperContract;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The contract suites of the codec port fail for each wrong codec, and name the rule it breaks. */
final class ContractsCatchWrongCodecsTest {
  private static final String EXAMPLES = "junit-jupiter";
  private static final String PROPERTIES = "jqwik";

  /** The codec under the contract that runs; an engine makes its own instances of test classes. */
  private static Codec subject;

  @ParameterizedTest
  @EnumSource(WrongCodec.class)
  void namesTheBrokenRule(WrongCodec wrong) {
    Set<String> broken = brokenRules(EXAMPLES, wrong.codec, contract(wrong));
    if (!broken.contains(wrong.rule())) {
      broken.addAll(brokenRules(PROPERTIES, wrong.codec, contract(wrong)));
    }
    assertThat(broken).contains(wrong.rule());
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "E01_ACCEPTS_A_MISSING_END",
        "E04_SERIALISES_DATA_ANEW",
        "E04_WRITES_UNESCAPED_IDS",
        "E06_THROWS",
        "B05_THROWS",
        "M02_READS_OBJECTS_AS_TREES",
        "M04_READS_JSON_AS_A_TREE",
        "M05_WRITES_RAW_STRINGS"
      })
  void namesTheBrokenRuleByAProperty(WrongCodec wrong) {
    assertThat(brokenRules(PROPERTIES, wrong.codec, contract(wrong))).contains(wrong.rule());
  }

  @ParameterizedTest
  @ValueSource(classes = {Envelopes.class, BusMessages.class, Mapping.class})
  void findsNothingInTheRightCodec(Class<?> contract) {
    assertThat(brokenRules(EXAMPLES, JacksonCodec.create(), contract)).isEmpty();
    assertThat(brokenRules(PROPERTIES, JacksonCodec.create(), contract)).isEmpty();
  }

  private static Class<?> contract(WrongCodec wrong) {
    return switch (wrong.rule().charAt(0)) {
      case 'E' -> Envelopes.class;
      case 'B' -> BusMessages.class;
      default -> Mapping.class;
    };
  }

  private static Set<String> brokenRules(String engine, Codec codec, Class<?> contract) {
    subject = codec;
    return EngineTestKit.engine(engine)
        .configurationParameter("jqwik.reporting.usejunitplatform", "true")
        .configurationParameter("jqwik.shrinking.default", "OFF")
        .configurationParameter("jqwik.failures.after.default", "RANDOM_SEED")
        .selectors(selectClass(contract))
        .execute()
        .testEvents()
        .failed()
        .map(ContractsCatchWrongCodecsTest::rule)
        .collect(toCollection(TreeSet::new));
  }

  private static String rule(Event failure) {
    MethodSource source = (MethodSource) failure.getTestDescriptor().getSource().orElseThrow();
    return source.getMethodName().split("_", -1)[1];
  }

  static final class Envelopes extends EnvelopeCodecContract {
    @Override
    protected Codec codec() {
      return subject;
    }
  }

  static final class BusMessages extends BusMessageCodecContract {
    @Override
    protected Codec codec() {
      return subject;
    }
  }

  static final class Mapping extends JsonMapperContract {
    @Override
    protected Codec codec() {
      return subject;
    }
  }
}
