package dev.roomcast.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.transport.TransportSettings;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.RequestLimitingHandler;
import io.undertow.server.handlers.accesslog.AccessLogHandler;
import io.undertow.server.handlers.encoding.ContentEncodingRepository;
import io.undertow.server.handlers.encoding.EncodingHandler;
import io.undertow.server.handlers.encoding.GzipEncodingProvider;
import io.undertow.server.handlers.error.SimpleErrorPageHandler;
import io.undertow.server.session.InMemorySessionManager;
import io.undertow.server.session.SessionAttachmentHandler;
import io.undertow.server.session.SessionCookieConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Behind the handlers that others put before ours. */
@Timeout(60)
final class EmbeddedHandlersTest {
  private static final Queue<String> LOGGED = new ConcurrentLinkedQueue<>();

  private final UndertowTransport transport = UndertowTransport.embedded();
  private final Echo echo = new Echo(transport);
  private Undertow foreign;

  enum Before {
    PREFIX {
      @Override
      HttpHandler handler(HttpHandler ours) {
        return new PathHandler().addPrefixPath("/", ours);
      }
    },
    BLOCKING {
      @Override
      HttpHandler handler(HttpHandler ours) {
        return new BlockingHandler(ours);
      }
    },
    ENCODING {
      @Override
      HttpHandler handler(HttpHandler ours) {
        return new EncodingHandler(
                new ContentEncodingRepository()
                    .addEncodingHandler("gzip", new GzipEncodingProvider(), 50))
            .setNext(ours);
      }
    },
    SESSION {
      @Override
      HttpHandler handler(HttpHandler ours) {
        return new SessionAttachmentHandler(
            exchange -> {
              exchange.setStatusCode(200);
              ours.handleRequest(exchange);
            },
            new InMemorySessionManager("theirs"),
            new SessionCookieConfig());
      }
    },
    ACCESS_LOG {
      @Override
      HttpHandler handler(HttpHandler ours) {
        return new AccessLogHandler(
            ours, LOGGED::add, "%m %U %s", EmbeddedHandlersTest.class.getClassLoader());
      }
    },
    ERROR_PAGES {
      @Override
      HttpHandler handler(HttpHandler ours) {
        return new SimpleErrorPageHandler(ours);
      }
    },
    LIMIT {
      @Override
      HttpHandler handler(HttpHandler ours) {
        return new RequestLimitingHandler(1, ours);
      }
    },
    GRACEFUL {
      @Override
      HttpHandler handler(HttpHandler ours) {
        return new GracefulShutdownHandler(ours);
      }
    };

    abstract HttpHandler handler(HttpHandler ours);
  }

  private void start(HttpHandler handler) {
    foreign =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setIoThreads(2)
            .setWorkerThreads(2)
            .setHandler(handler)
            .build();
    foreign.start();
    transport.start(EchoServer.context(TransportSettings.defaults(), echo));
  }

  @AfterEach
  void stop() {
    transport.close();
    foreign.stop();
  }

  private RawClient connect() throws Exception {
    InetSocketAddress address =
        (InetSocketAddress) foreign.getListenerInfo().getFirst().getAddress();
    return new RawClient(new Socket(InetAddress.getLoopbackAddress(), address.getPort()));
  }

  private static String request(String path) {
    return RawClient.upgradeRequest(path)
        .replace("\r\n\r\n", "\r\nAccept-Encoding: gzip\r\nCookie: JSESSIONID=x\r\n\r\n");
  }

  @ParameterizedTest
  @EnumSource
  void upgradesBehindTheHandlersOfOthers(Before before) throws Exception {
    start(before.handler(transport.handler()));
    for (int i = 0; i < 3; i++) {
      try (RawClient client = connect().send(request("/any/path"))) {
        assertThat(client.readHead())
            .startsWith("HTTP/1.1 101 ")
            .doesNotContainIgnoringCase("Content-Encoding")
            .doesNotContainIgnoringCase("Transfer-Encoding")
            .doesNotContainIgnoringCase("Content-Length: 1");
        client.send(RawClient.textFrame("hello"));
        assertThat(client.readFrame().text()).isEqualTo("hello");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesBehindTheHandlersOfOthers(Before before) throws Exception {
    start(before.handler(transport.handler()));
    String wrong = RawClient.upgradeRequest("/any").replace("Version: 13", "Version: 8");
    try (RawClient client = connect().send(wrong)) {
      assertThat(client.readResponse()).startsWith("HTTP/1.1 426 ").contains("expected '13'");
    }
  }

  @Test
  void isLoggedWhenItIsUpgraded() throws Exception {
    LOGGED.clear();
    start(Before.ACCESS_LOG.handler(transport.handler()));
    try (RawClient client = connect().send(request("/logged"))) {
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
      await().until(() -> LOGGED.contains("GET /logged 101"));
    }
  }
}
