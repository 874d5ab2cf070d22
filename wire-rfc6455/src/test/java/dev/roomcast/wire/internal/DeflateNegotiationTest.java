package dev.roomcast.wire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7692 sections 5.1 and 7.1. */
final class DeflateNegotiationTest {
  private static final String AGREED =
      "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate",
        // Chromium and Firefox
        "permessage-deflate; client_max_window_bits",
        // ws for Node
        "permessage-deflate; client_max_window_bits; server_no_context_takeover",
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
        "permessage-deflate;client_max_window_bits=8",
        "permessage-deflate;client_max_window_bits=\"10\"",
        "permessage-deflate ; client_max_window_bits = 15",
        "x-webkit-deflate-frame, permessage-deflate",
        "permessage-bzip2; strong, permessage-deflate"
      })
  void acceptsWithoutContextTakeover(String header) {
    assertThat(DeflateNegotiation.accept(List.of(header))).contains(AGREED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate; server_max_window_bits=15",
        "permessage-deflate; server_max_window_bits=\"15\"; client_max_window_bits"
      })
  void repeatsTheLargestWindowOfTheServer(String header) {
    assertThat(DeflateNegotiation.accept(List.of(header)))
        .contains(AGREED + "; server_max_window_bits=15");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "permessage-bzip2",
        "Permessage-Deflate",
        "permessage-deflate; server_max_window_bits=8",
        "permessage-deflate; server_max_window_bits=14",
        "permessage-deflate; server_max_window_bits=16",
        "permessage-deflate; server_max_window_bits=015",
        "permessage-deflate; server_max_window_bits=0",
        "permessage-deflate; server_max_window_bits=-15",
        "permessage-deflate; server_max_window_bits=x",
        "permessage-deflate; server_max_window_bits",
        "permessage-deflate; client_max_window_bits=7",
        "permessage-deflate; client_max_window_bits=16",
        "permessage-deflate; client_max_window_bits=08",
        "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; client_no_context_takeover=true",
        "permessage-deflate; unknown",
        "permessage-deflate; unknown=1; client_max_window_bits",
        "permessage-deflate; client_max_window_bits; client_max_window_bits",
        "permessage-deflate; client_max_window_bits; client_max_window_bits=10",
        "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
        "permessage-deflate; server_max_window_bits=15; server_max_window_bits=15"
      })
  void declines(String header) {
    assertThat(DeflateNegotiation.accept(List.of(header))).isEmpty();
  }

  @Test
  void takesTheNextOfferOfAHeader() {
    assertThat(
            DeflateNegotiation.accept(
                List.of(
                    "permessage-deflate; server_max_window_bits=10,"
                        + " permessage-deflate; unknown, permessage-deflate")))
        .contains(AGREED);
  }

  @Test
  void takesTheNextOfferOverSeveralHeaders() {
    assertThat(
            DeflateNegotiation.accept(
                List.of(
                    "mux; max-channels=4",
                    "permessage-deflate; server_max_window_bits=10",
                    "permessage-deflate; server_max_window_bits=15")))
        .contains(AGREED + "; server_max_window_bits=15");
  }

  @Test
  void takesTheClientsFavourite() {
    assertThat(
            DeflateNegotiation.accept(
                List.of("permessage-deflate, permessage-deflate; server_max_window_bits=15")))
        .contains(AGREED);
  }

  @Test
  void declinesWhereNothingIsOffered() {
    assertThat(DeflateNegotiation.accept(List.of())).isEmpty();
  }
}
