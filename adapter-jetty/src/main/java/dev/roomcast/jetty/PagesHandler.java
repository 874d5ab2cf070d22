package dev.roomcast.jetty;

import dev.roomcast.jetty.internal.RequestHeaders;
import dev.roomcast.wire.http.PageHandler;
import dev.roomcast.wire.http.PageRequest;
import dev.roomcast.wire.http.PageResponse;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Pages as a handler of Jetty. Thread-safe as the pages are. */
final class PagesHandler extends Handler.Abstract.NonBlocking {
  private final PageHandler pages;

  PagesHandler(PageHandler pages) {
    this.pages = pages;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    PageResponse page =
        pages.answer(
            new PageRequest(
                request.getMethod(), RequestHeaders.path(request), RequestHeaders.of(request)));
    response.setStatus(page.status());
    page.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, page.body().remaining());
    response.write(/* last= */ true, page.body().duplicate(), callback);
    return true;
  }
}
