package dev.roomcast.undertow;

import dev.roomcast.undertow.internal.RequestHeaders;
import dev.roomcast.wire.http.PageHandler;
import dev.roomcast.wire.http.PageRequest;
import dev.roomcast.wire.http.PageResponse;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;

/** Pages as a handler of Undertow. Thread-safe as the pages are. */
final class PageHttpHandler implements HttpHandler {
  private final PageHandler pages;

  PageHttpHandler(PageHandler pages) {
    this.pages = pages;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    PageResponse response =
        pages.answer(
            new PageRequest(
                exchange.getRequestMethod().toString(),
                exchange.getRequestPath(),
                RequestHeaders.of(exchange)));
    exchange.setStatusCode(response.status());
    response
        .headers()
        .forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
    exchange.getResponseSender().send(response.body().duplicate());
  }
}
