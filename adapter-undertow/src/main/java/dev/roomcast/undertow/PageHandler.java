package dev.roomcast.undertow;

/**
 * Answers ordinary HTTP requests beside the WebSocket path without a type of Undertow: a page, its
 * scripts, a health check. For everything else there is {@link UndertowOptions#withHandler(String,
 * io.undertow.server.HttpHandler)}.
 */
@FunctionalInterface
public interface PageHandler {

  /**
   * Answers one request. Called on an I/O thread, at the same time on several: must not block. An
   * exception is logged and answered with 500.
   */
  PageResponse answer(PageRequest request);
}
