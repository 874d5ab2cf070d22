package dev.roomcast.server.churn;

/** Whom a message is for. */
sealed interface Target {

  record Room(String name) implements Target {}

  record User(String id) implements Target {}

  record Visitor(String clientId) implements Target {}

  record Everyone() implements Target {}
}
