package dev.roomcast.wire.http;

/**
 * Answers ordinary HTTP requests beside the WebSocket path without a type of any library: a page,
 * its scripts, a health check. For everything else each adapter takes handlers of its library.
 */
@FunctionalInterface
public interface PageHandler {

  /**
   * Answers one request. Called on an I/O thread, at the same time on several: must not block. An
   * exception is logged and answered with 500.
   */
  PageResponse answer(PageRequest request);
}
