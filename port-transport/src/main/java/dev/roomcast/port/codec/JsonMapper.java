package dev.roomcast.port.codec;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Binds JSON to the application's types. Thread-safe. Runs on hook threads and on the threads of
 * those who send, never on a loop for the application's types.
 *
 * <ul>
 *   <li><b>M01</b> {@code toJson} of a {@link Json} is the same text; of null it is {@link
 *       Json#NULL}.
 *   <li><b>M02</b> {@code fromJson} to {@link Json} is the same text; to {@code Object} it yields
 *       {@code Map}, {@code List}, {@code String}, {@code Number}, {@code Boolean} or null.
 *   <li><b>M03</b> What does not bind is a {@link JsonBindingException} whose message names the
 *       type; unknown members are ignored.
 *   <li><b>M04</b> A {@link Json} within a value, as a component or an element, is written and read
 *       as its text; {@code null} reads as {@link Json#NULL}, an absent component as null. Numbers
 *       over 1,000 digits and names with half a surrogate pair need not bind, here and in M02.
 *   <li><b>M05</b> What {@code parse} and {@code toJson} yield can be the {@code data} of an
 *       envelope (E01, E02), whatever the value brings along.
 * </ul>
 */
public interface JsonMapper {

  /**
   * Checks a text (M05).
   *
   * @return the value without white space around it
   * @throws JsonBindingException if it is not exactly one JSON value by RFC 8259
   */
  Json parse(String text);

  /**
   * Writes a value (M01, M04, M05).
   *
   * @throws JsonBindingException if the value cannot be written
   */
  Json toJson(@Nullable Object value);

  /**
   * Reads a value (M02 to M04).
   *
   * @return an instance of the type; null only where the text is {@code null}, and possibly for
   *     {@code Void}
   * @throws JsonBindingException if the text does not bind to the type
   */
  @Nullable Object fromJson(Json json, Type type);
}
