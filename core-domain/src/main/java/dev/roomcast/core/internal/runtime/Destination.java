package dev.roomcast.core.internal.runtime;

/** Whom a publish is for, by name. */
public sealed interface Destination {
  record Everyone() implements Destination {}

  record ToClient(String id) implements Destination {}

  record ToUser(String id) implements Destination {}

  record ToRoom(String name) implements Destination {}
}
