package dev.roomcast.server.config;

import dev.roomcast.core.options.OptionsBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What whoever starts the server has given: the command line wins over the environment. Immutable.
 *
 * @param line texts by the option's name
 * @param environment texts by the variable's name; empty ones are as if absent
 */
public record Given(Map<String, String> line, Map<String, String> environment) {

  /**
   * A variable without an option: everybody on a machine can read the command lines of the others.
   */
  static final String TLS_PASSWORD = "ROOMCAST_TLS_PASSWORD";

  public Given {
    line = Map.copyOf(line);
    environment = Map.copyOf(environment);
  }

  /**
   * An option's value.
   *
   * @throws ConfigException if its text is wrong
   */
  <T> Optional<T> value(Option<T> option) {
    String text = text(option);
    return text == null
        ? Optional.empty()
        : Optional.of(checked(option, () -> option.reader().read(text)));
  }

  /** The values of an option that takes several, with commas between. */
  <T> Optional<List<T>> values(Option<T> option) {
    String text = text(option);
    return text == null
        ? Optional.empty()
        : Optional.of(
            checked(
                option,
                () ->
                    Stream.of(text.split(","))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .map(option.reader()::read)
                        .toList()));
  }

  /** The password of the key store, as far as the environment has it. */
  Optional<String> tlsPassword() {
    return Optional.of(environment.getOrDefault(TLS_PASSWORD, ""))
        .filter(password -> !password.isEmpty());
  }

  /** What is to be said of variables of the environment that look like options and are none. */
  public List<String> strayVariables() {
    return StrayVariables.in(environment);
  }

  /** Whether an option is exactly this text. */
  boolean isText(Option<?> option, String text) {
    return text.equals(text(option));
  }

  /** Hands a value to the core. */
  <T> void apply(Option<T> option, OptionsBuilder options) {
    BiConsumer<OptionsBuilder, T> core = option.core();
    if (core != null) {
      value(option).ifPresent(value -> check(option, () -> core.accept(options, value)));
    }
  }

  /** Runs what may refuse an option's value. */
  void check(Option<?> option, Runnable check) {
    checked(
        option,
        () -> {
          check.run();
          return true;
        });
  }

  private <T> T checked(Option<?> option, Supplier<T> check) {
    try {
      return check.get();
    } catch (IllegalArgumentException wrong) {
      throw wrong(option, expectation(wrong));
    }
  }

  /** Says that an option's value is wrong. */
  ConfigException wrong(Option<?> option, String expectation) {
    // What stands before the host of a URI is a login; a password may hold a slash by mistake.
    String shown = String.valueOf(text(option)).replaceAll("//.*@", "//...@");
    return new ConfigException(source(option) + " is '" + shown + "', " + expectation);
  }

  // What the core and its parts say names their own option and then what is expected.
  private static String expectation(IllegalArgumentException wrong) {
    String message = String.valueOf(wrong.getMessage());
    int at = message.lastIndexOf(", expected ");
    return at < 0 ? message : message.substring(at + 2);
  }

  private String source(Option<?> option) {
    return line.containsKey(option.name())
        ? "option " + option.name()
        : "environment variable " + option.variable();
  }

  private @Nullable String text(Option<?> option) {
    String onLine = line.get(option.name());
    if (onLine != null) {
      return onLine;
    }
    String variable = environment.getOrDefault(option.variable(), "");
    return variable.isEmpty() ? null : variable;
  }
}
