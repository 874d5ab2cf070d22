package dev.roomcast.server.config;

import dev.roomcast.core.options.OptionsBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One option of the command line and the environment.
 *
 * @param name on the command line, for example {@code --auth-timeout}
 * @param label stands for the value in the help, for example {@code <duration>}; null for a flag
 * @param help one sentence or two, with the default and the unit
 * @param reader of its text
 * @param several whether it may be repeated, or have several values with commas between
 * @param core what the value is in the core's options; null for what concerns the runnable alone
 * @param <T> the value's type
 */
record Option<T>(
    String name,
    @Nullable String label,
    String help,
    Reader<T> reader,
    boolean several,
    @Nullable BiConsumer<OptionsBuilder, T> core) {

  private static final String YES_OR_NO = "<true|false>";

  /** An option of the runnable. */
  static <T> Option<T> own(String name, String label, String help, Reader<T> reader) {
    return new Option<>(name, label, help, reader, /* several= */ false, null);
  }

  /** An option of the runnable that may have several values. */
  static <T> Option<T> several(String name, String label, String help, Reader<T> reader) {
    return new Option<>(name, label, help, reader, /* several= */ true, null);
  }

  /** An option of the core. */
  static <T> Option<T> core(
      String name,
      String label,
      String help,
      Reader<T> reader,
      BiConsumer<OptionsBuilder, T> core) {
    return new Option<>(name, label, help, reader, /* several= */ false, core);
  }

  /** A whole number for the runnable. */
  static Option<Integer> atLeast(int least, String name, String help) {
    return own(name, "<number>", help, Reader.number(least, Integer.MAX_VALUE));
  }

  /** A whole number of the core's, which says how large it may be. */
  static Option<Integer> number(
      String name, String help, BiConsumer<OptionsBuilder, Integer> core) {
    return core(name, "<number>", help, Reader.number(Integer.MIN_VALUE, Integer.MAX_VALUE), core);
  }

  /** A number of bytes of the core's. */
  static Option<Integer> bytes(String name, String help, BiConsumer<OptionsBuilder, Integer> core) {
    return core(name, "<bytes>", help, Reader.bytes(), core);
  }

  /** A duration of the core's. */
  static Option<Duration> duration(
      String name, String help, BiConsumer<OptionsBuilder, Duration> core) {
    return core(name, "<duration>", help, Reader.duration(), core);
  }

  /** A yes or no of the core's. */
  static Option<Boolean> yesOrNo(
      String name, String help, BiConsumer<OptionsBuilder, Boolean> core) {
    return core(name, YES_OR_NO, help, Reader.yesOrNo(), core);
  }

  /** A file for the runnable. */
  static Option<Path> file(String name, String help) {
    return own(name, "<file>", help, Path::of);
  }

  /** An option without a value. */
  static Option<Boolean> flag(String name, String help) {
    return new Option<>(name, null, help, Reader.yesOrNo(), /* several= */ false, null);
  }

  /** Whether its name alone, without a value, means yes. */
  boolean isYesAlone() {
    return label == null || label.equals(YES_OR_NO);
  }

  /** The variable of the environment, for example {@code ROOMCAST_AUTH_TIMEOUT}. */
  String variable() {
    return "ROOMCAST_" + name.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
