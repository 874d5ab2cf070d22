package dev.roomcast.jetty.internal;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request that knows whether its body was read to the end. */
final class RequestBody extends Request.Wrapper {
  private volatile boolean whole;

  RequestBody(Request request) {
    super(request);
    whole = !expected(request);
  }

  /** Whether more bytes of the request follow its head. */
  static boolean expected(Request request) {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  boolean whole() {
    return whole;
  }

  @Override
  public Content.@Nullable Chunk read() {
    Content.Chunk chunk = super.read();
    if (chunk != null && chunk.isLast()) {
      whole = true;
    }
    return chunk;
  }
}
