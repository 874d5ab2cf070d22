package dev.roomcast.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.transport.BlockingTransport;
import dev.roomcast.testkit.transport.Fault;
import dev.roomcast.testkit.transport.RawWebSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Wires that are wrong in one thing, and the case that catches each. */
final class WrongWiresTest {

  private static final String SILENCE = "Read timed out";
  private static final String ECHO = "came frame 0x81";

  /**
   * A wrong wire.
   *
   * @param number of a case that catches it
   * @param says what the failure says came instead
   */
  record Wrong(Fault fault, String number, String says) {
    /** Short only where nothing ever comes. */
    Duration patience() {
      return says.equals(SILENCE) ? Duration.ofMillis(200) : Duration.ofSeconds(10);
    }

    @Override
    public String toString() {
      return fault + " by " + number;
    }
  }

  static List<Wrong> wrongs() {
    return List.of(
        new Wrong(Fault.TAKES_LONG_FORMS, "1.5.1", ECHO),
        new Wrong(Fault.TAKES_LONG_FORMS, "1.7.1", "came frame 0x8A"),
        new Wrong(Fault.TAKES_NEGATIVE_LENGTHS, "1.6.1", ECHO),
        new Wrong(Fault.READS_16_BITS_SIGNED, "1.1.11", "came close 1002"),
        new Wrong(Fault.PONGS_NOTHING, "2.1.1", SILENCE),
        new Wrong(Fault.PONGS_WITHOUT_PAYLOAD, "2.1.2", "came frame 0x8A of 0 bytes"),
        new Wrong(Fault.TAKES_LONG_CONTROL, "2.4.4", "came frame 0x8A"),
        new Wrong(Fault.TAKES_FRAGMENTED_CONTROL, "2.5.3", "came frame 0x8A"),
        new Wrong(Fault.TAKES_RESERVED_BITS, "3.1.4", ECHO),
        new Wrong(Fault.TAKES_RESERVED_BITS, "3.6.1", "came close 3137"),
        new Wrong(Fault.TAKES_RESERVED_OPCODES, "4.1.1", ECHO),
        new Wrong(Fault.TAKES_RESERVED_OPCODES, "4.1.6", SILENCE),
        new Wrong(Fault.TAKES_STRAY_FRAGMENTS, "5.5.1", ECHO),
        new Wrong(Fault.TAKES_NESTED_MESSAGES, "5.5.8", ECHO),
        new Wrong(Fault.FORGETS_EMPTY_BEGINNINGS, "5.2.2", "came close 1002"),
        new Wrong(Fault.PONGS_AFTER_THE_MESSAGE, "5.3.3", SILENCE),
        new Wrong(Fault.TAKES_MALFORMED_TEXT, "6.3.1", ECHO),
        new Wrong(Fault.TAKES_CUT_CHARACTERS, "6.3.3", ECHO),
        new Wrong(Fault.CHECKS_EACH_FRAGMENT_ALONE, "6.2.5", "came close 1007"),
        new Wrong(Fault.CHECKS_TEXT_WHEN_THE_MESSAGE_ENDS, "6.5.1", SILENCE),
        new Wrong(Fault.CHECKS_TEXT_WHEN_THE_FRAME_ENDS, "6.6.1", SILENCE),
        new Wrong(Fault.CHECKS_BINARY_TOO, "6.7.1", "came close 1007"),
        new Wrong(Fault.TAKES_ANY_CLOSE_CODE, "7.2.5", "came close 1000"),
        new Wrong(Fault.TAKES_HALF_A_CODE, "7.3.2", "came close 1005"),
        new Wrong(Fault.TAKES_MALFORMED_REASONS, "7.3.8", "came close 1000"),
        new Wrong(Fault.ANSWERS_CLOSE_WITH_1000, "7.1.2", "came close 1000"),
        new Wrong(Fault.GOES_ON_AFTER_CLOSE, "7.4.5", "0x8A"),
        new Wrong(Fault.GOES_ON_AFTER_A_VIOLATION, "7.5.2", "0x8A"),
        new Wrong(Fault.TAKES_UNMASKED, "8.1.1", ECHO),
        new Wrong(Fault.TAKES_UNMASKED, "8.1.9", "came close 3137"),
        new Wrong(Fault.KEEPS_THE_FIRST_MASK, "8.4.1", "came close 1007"),
        new Wrong(Fault.CHECKS_SIZE_AFTER_READING, "9.1.1", SILENCE),
        new Wrong(Fault.LIMITS_EACH_FRAGMENT_ALONE, "9.2.2", SILENCE),
        new Wrong(Fault.COUNTS_CONTROL, "9.4.2", "came close 1009"),
        new Wrong(Fault.READS_AHEAD_AND_FORGETS, "10.1.1", SILENCE),
        new Wrong(Fault.ANSWERS_A_FIXED_ACCEPT, "11.2.1", "Sec-WebSocket-Accept"),
        new Wrong(Fault.TAKES_TOKENS_LITERALLY, "11.1.7", "status=400"),
        new Wrong(Fault.TAKES_ANY_KEY, "11.2.9", "status=101"),
        new Wrong(Fault.FORGETS_WHAT_COMES_WITH_THE_REQUEST, "11.4.5", SILENCE),
        new Wrong(Fault.TAKES_ANY_METHOD, "11.5.1", "status=101"),
        new Wrong(Fault.TAKES_ANY_VERSION, "11.6.1", "status=101"));
  }

  @ParameterizedTest
  @MethodSource("wrongs")
  void isCaught(Wrong wrong) {
    Case one = find(wrong.number());
    try (EchoServer server = new EchoServer(new BlockingTransport(wrong.fault()))) {
      assertThatThrownBy(
              () ->
                  CaseRun.run(
                      one,
                      server,
                      RawWebSocket.connect(server.uri(), wrong.patience(), 0),
                      wrong.patience()))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(
              "case %s, \"%s\" (RFC 6455 section %s)"
                  .formatted(wrong.number(), one.title(), one.section()))
          .hasMessageContaining(wrong.says());
    }
  }

  private static Case find(String number) {
    return cases().filter(one -> one.number().equals(number)).findFirst().orElseThrow();
  }

  private static Stream<Case> cases() {
    return ConformanceContract.topics().stream()
        .flatMap(List::stream)
        .flatMap(group -> group.cases().stream());
  }

  /** Wrong by the port alone: the RFC does not say which path, or which of the errors. */
  private static final Set<Fault> NOT_OF_THE_RFC =
      Set.of(Fault.TAKES_ANY_PATH, Fault.CALLS_PLAIN_REQUESTS_MALFORMED);

  @Test
  void catchesAWrongWireInEachTopic() {
    assertThat(wrongs().stream().map(wrong -> wrong.number().split("\\.", 2)[0]).distinct())
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
    assertThat(wrongs().stream().map(Wrong::fault).distinct())
        .containsExactlyInAnyOrder(
            Arrays.stream(Fault.values())
                .filter(fault -> !NOT_OF_THE_RFC.contains(fault))
                .toArray(Fault[]::new));
  }

  @Test
  void numbersEveryCaseOnce() {
    List<String> numbers = cases().map(Case::number).toList();

    assertThat(numbers).doesNotHaveDuplicates().hasSizeGreaterThan(250);
  }

  @Test
  void runsEveryCaseAsATestOfItsOwn() {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(TakesUnmasked.class))
            .execute()
            .testEvents();

    assertThat(names(tests.succeeded())).containsExactly("8.2.1 a binary message with 00000000");
    assertThat(names(tests.failed())).containsExactly("8.1.1 a text");
  }

  private static List<String> names(Events tests) {
    return tests.map(event -> event.getTestDescriptor().getDisplayName()).toList();
  }

  static final class TakesUnmasked extends ConformanceContract {
    @Override
    protected Transport newTransport() {
      return new BlockingTransport(Fault.TAKES_UNMASKED);
    }

    @Override
    protected boolean selects(String number) {
      return number.equals("8.1.1") || number.equals("8.2.1");
    }
  }
}
