package dev.roomcast.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestHeadTest {
  private static final InetSocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
  private static final String HEAD =
      """
      GET /a%20b?x=1&y=2+3&x=%C3%A9&&z HTTP/1.1
      Host: here
      X-Several: one
      x-several:\t two \t
      Empty:

      """
          .replace("\n", "\r\n");

  private final RequestHead head = new RequestHead(1024, PEER);

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
  }

  private UpgradeRequest read(String text) {
    RequestHead.Progress progress = head.read(bytes(text));
    assertThat(progress).isInstanceOf(RequestHead.Complete.class);
    return ((RequestHead.Complete) progress).request();
  }

  @Test
  void tellsMethodPathQueryAndHeaders() {
    UpgradeRequest request = read(HEAD);

    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.httpVersion()).isEqualTo("HTTP/1.1");
    assertThat(request.handshake().remoteAddress()).isEqualTo(PEER);
    assertThat(request.handshake().path()).isEqualTo("/a b");
    assertThat(request.handshake().query())
        .containsEntry("x", List.of("1", "é"))
        .containsEntry("y", List.of("2 3"))
        .containsEntry("z", List.of(""))
        .hasSize(3);
    assertThat(request.handshake().headers())
        .containsEntry("x-SEVERAL", List.of("one", "two"))
        .containsEntry("Empty", List.of(""))
        .hasSize(3);
  }

  @Property(tries = 200)
  void readsTheSameHoweverItIsCut(@ForAll @Size(max = 8) List<@IntRange(max = 110) Integer> cuts) {
    RequestHead cut = new RequestHead(1024, PEER);
    ByteBuffer all = bytes(HEAD + "rest");
    int most = HEAD.length() - 1;
    for (int at : cuts.stream().sorted().toList()) {
      all.limit(Math.min(at, most));
      if (all.hasRemaining()) {
        assertThat(cut.read(all)).isEqualTo(new RequestHead.Incomplete());
      }
    }
    all.limit(all.capacity());

    assertThat(cut.read(all)).isInstanceOf(RequestHead.Complete.class);
    assertThat(ISO_8859_1.decode(all).toString()).isEqualTo("rest");
  }

  @Test
  void takesATargetWithSchemeAndHost() {
    UpgradeRequest request = read("GET http://elsewhere:80/ws?a=1 HTTP/1.1\r\n\r\n");

    assertThat(request.handshake().path()).isEqualTo("/ws");
    assertThat(request.handshake().queryParameter("a")).contains("1");
  }

  @Test
  void takesAHeadOfExactlyTheLimit() {
    String filled = HEAD.replace("here", "h".repeat(1024 - HEAD.length() + 4));
    assertThat(filled).hasSize(1024);

    assertThat(read(filled).handshake().header("Host").orElseThrow()).startsWith("hhh");
  }

  /** A pattern that tries its blanks in every way would take hours. */
  @ParameterizedTest
  @ValueSource(strings = {"\u007f", "x", ""})
  @Timeout(20)
  void readsAHeadOfBlanksInNoTime(String end) {
    RequestHead large = new RequestHead(64 * 1024, PEER);
    String text = "GET / HTTP/1.1\r\nX: a" + " \t".repeat(30_000) + end + "\r\n\r\n";
    assertThat(large.read(bytes(text)))
        .isInstanceOf(
            end.equals("\u007f") ? RequestHead.Malformed.class : RequestHead.Complete.class);
  }

  @Test
  void takesNoByteBeyondTheLimit() {
    String filled = HEAD.replace("here", "h".repeat(1024 - HEAD.length() + 5));

    assertThat(head.read(bytes(filled)))
        .isEqualTo(new RequestHead.TooLarge("The head of a request is limited to 1024 bytes."));
  }

  /** Anybody can connect and send nothing, and nothing counts those. */
  @Test
  void holdsLittleMemoryBeforeAByteHasCome() {
    assertThat(new RequestHead(16 * 1024, PEER).capacity()).isEqualTo(512);
    assertThat(new RequestHead(100, PEER).capacity()).isEqualTo(100);
  }

  @Property(tries = 200)
  void holdsAtMostTwiceWhatHasComeAndNeverMoreThanTheLimit(
      @ForAll @IntRange(min = 1, max = 5000) int limit,
      @ForAll @IntRange(max = 5000) int sent,
      @ForAll @IntRange(min = 1, max = 2000) int piece) {
    RequestHead growing = new RequestHead(limit, PEER);
    for (int at = 0; at < sent; at += piece) {
      growing.read(bytes("x".repeat(Math.min(piece, sent - at))));
      int come = Math.min(sent, at + piece);

      assertThat(growing.capacity()).isLessThanOrEqualTo(Math.min(limit, Math.max(512, 2 * come)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n",
        "GET\r\n\r\n",
        "GET /ws\r\n\r\n",
        "GET  /ws HTTP/1.1\r\n\r\n",
        "GET /ws HTTP/1.1 \r\n\r\n",
        "GET ws HTTP/1.1\r\n\r\n",
        "GET http:///ws HTTP/1.1\r\n\r\n",
        "GET /w s HTTP/1.1\r\n\r\n",
        "GET /ws HTTP/11\r\n\r\n",
        "G(T /ws HTTP/1.1\r\n\r\n",
        "GET /\u00e9 HTTP/1.1\r\n\r\n",
        "GET /% HTTP/1.1\r\n\r\n",
        "GET /?a=%zz HTTP/1.1\r\n\r\n",
        "GET /<> HTTP/1.1\r\n\r\n",
        "GET /ws HTTP/1.1\r\nHost\r\n\r\n",
        "GET /ws HTTP/1.1\r\n: here\r\n\r\n",
        "GET /ws HTTP/1.1\r\nHost : here\r\n\r\n",
        "GET /ws HTTP/1.1\r\n Host: here\r\n\r\n",
        "GET /ws HTTP/1.1\r\nHost: here\r\n folded\r\n\r\n",
        "GET /ws HTTP/1.1\r\nHost: a\nX: b\r\n\r\n",
        "GET /ws HTTP/1.1\r\nHost: a\u0000b\r\n\r\n",
        "GET /ws HTTP/1.1\r\nContent-Length: 5\r\n\r\n",
        "GET /ws HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n",
        "GET /ws HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
      })
  void refusesWhatIsNoRequest(String malformed) {
    assertThat(head.read(bytes(malformed))).isInstanceOf(RequestHead.Malformed.class);
  }

  @Test
  void beginsWithItsFirstByte() {
    assertThat(head.begun()).isFalse();
    assertThat(head.read(bytes(""))).isEqualTo(new RequestHead.Incomplete());
    assertThat(head.begun()).isFalse();
    assertThat(head.read(bytes("G"))).isEqualTo(new RequestHead.Incomplete());
    assertThat(head.begun()).isTrue();
  }
}
