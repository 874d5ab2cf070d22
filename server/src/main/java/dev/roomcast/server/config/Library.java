package dev.roomcast.server.config;

/** Which library listens for clients. */
public enum Library {
  UNDERTOW,
  JETTY
}
