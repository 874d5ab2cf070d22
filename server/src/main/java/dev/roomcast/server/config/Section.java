package dev.roomcast.server.config;

import java.util.List;

/** Options under one heading of the help. */
record Section(String heading, List<Option<?>> options) {

  Section {
    options = List.copyOf(options);
  }
}
