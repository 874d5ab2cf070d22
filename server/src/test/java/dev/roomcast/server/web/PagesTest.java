package dev.roomcast.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.observation.CountingObserver;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.wire.http.PageRequest;
import dev.roomcast.wire.http.PageResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PagesTest {
  private final CountingObserver counted = new CountingObserver();
  private final Status status = new Status(counted);
  private final Pages pages = Pages.of(status, JacksonCodec.create().mapper(), /* stats= */ true);

  private PageResponse ask(String path) {
    return pages.answer(new PageRequest("GET", path, Map.of()));
  }

  private static String text(PageResponse response) {
    return StandardCharsets.UTF_8.decode(response.body().duplicate()).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/index.html, text/html; charset=utf-8",
    "/roomcast.js, text/javascript; charset=utf-8",
    "/style.css, text/css; charset=utf-8",
    "/icon.svg, image/svg+xml",
    "/health/live, application/json",
  })
  void servesWithTheRightType(String path, String type) {
    PageResponse response = ask(path);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers()).containsEntry("Content-Type", type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "//index.html",
        "/../logging-text.xml",
        "/web/index.html",
        "/./index.html",
        "/..\\logging-text.xml",
        "/index.html\0",
        "",
        "/health",
      })
  void answersNothingElse(String path) {
    assertThat(ask(path).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/nothing", "/stats"})
  void protectsEveryAnswer(String path) {
    assertThat(ask(path).headers())
        .containsEntry("X-Content-Type-Options", "nosniff")
        .hasEntrySatisfying(
            "Content-Security-Policy",
            policy -> assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
  void refusesOtherMethods(String method) {
    PageResponse response = pages.answer(new PageRequest(method, "/", Map.of()));

    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers()).containsEntry("Allow", "GET, HEAD");
  }

  @Test
  void answersHead() {
    assertThat(pages.answer(new PageRequest("HEAD", "/", Map.of())).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*"})
  void sendsNothingTwice(String condition) {
    String tag = ask("/").headers().getOrDefault("ETag", "none");
    PageResponse response =
        pages.answer(
            new PageRequest(
                "GET", "/", Map.of("If-None-Match", List.of(condition.formatted(tag)))));

    assertThat(response.status()).isEqualTo(304);
    assertThat(response.body().remaining()).isZero();
  }

  @Test
  void sendsWhatHasChanged() {
    PageResponse response =
        pages.answer(new PageRequest("GET", "/", Map.of("If-None-Match", List.of("\"other\""))));

    assertThat(response.status()).isEqualTo(200);
  }

  @Test
  void isNotReadyBeforeTheStartNorWhileStopping() {
    assertThat(ask("/health/ready").status()).isEqualTo(503);
    assertThat(text(ask("/health/ready"))).isEqualTo("{\"status\":\"starting\"}");

    status.stopping();

    assertThat(text(ask("/health/ready"))).isEqualTo("{\"status\":\"stopping\"}");
    assertThat(ask("/health/live").status()).isEqualTo(200);
  }

  @Test
  void tellsWhatWasCounted() {
    counted.count(Signal.CLIENT_ADMITTED, 3);

    assertThat(text(ask("/stats"))).contains("\"client_admitted\":3");
  }

  @Test
  void keepsCountersToItselfWhereNotAllowed() {
    Pages discreet = Pages.of(status, JacksonCodec.create().mapper(), /* stats= */ false);

    assertThat(discreet.answer(new PageRequest("GET", "/stats", Map.of())).status()).isEqualTo(404);
  }
}
