package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.testkit.transport.SimulatedClient;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client in a {@link World}; everything that follows from what it says has happened on return.
 */
final class Person {
  private static final Pattern ID = Pattern.compile("'id':'([0-9a-f-]{36})'");

  final SimulatedClient wire;
  private final World world;
  private String id;

  Person(World world, SimulatedClient wire) {
    this.world = world;
    this.wire = wire;
  }

  /** Authenticates, reads its id from {@code connected}, and forgets that. */
  Person login(String user) {
    say("{'event':'authenticate','data':{'user':'" + user + "'}}");
    return admitted();
  }

  /** Reads its id from {@code connected}, and forgets that. */
  Person admitted() {
    List<String> texts = hears();
    assertThat(texts).as("texts after authenticate").isNotEmpty();
    Matcher found = ID.matcher(texts.getFirst());
    assertThat(texts.getFirst()).startsWith("{'event':'connected'");
    assertThat(found.find()).as(texts.getFirst()).isTrue();
    id = found.group(1);
    return this;
  }

  /** Says a text in which single quotes stand for double ones. */
  Person say(String text) {
    tell(text);
    world.settle();
    return this;
  }

  /** The same, but nothing happens yet. */
  Person tell(String text) {
    wire.send(json(text));
    return this;
  }

  Person join(String room) {
    return say("{'event':'join','data':{'rooms':['" + room + "']}}");
  }

  Person leave(String room) {
    return say("{'event':'leave','data':{'rooms':['" + room + "']}}");
  }

  /** What it heard since it was last asked, with single quotes for double ones. */
  List<String> hears() {
    return wire.takeReceived().stream().map(text -> text.replace('"', '\'')).toList();
  }

  Optional<CloseStatus> closed() {
    return wire.closed();
  }

  String id() {
    return id;
  }

  static String json(String text) {
    return text.replace('\'', '"');
  }
}
