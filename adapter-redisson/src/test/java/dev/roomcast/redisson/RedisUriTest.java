package dev.roomcast.redisson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisUriTest {

  private static RedisUri parse(String uri) {
    return RedisUri.parse(URI.create(uri));
  }

  @Test
  void readsASingleServer() {
    assertThat(parse("redis://h"))
        .isEqualTo(new RedisUri(false, RedisUri.Kind.SINGLE, null, null, List.of("h:6379"), "", 0));
    assertThat(parse("rediss://ann:p%40ss+:@h:1/7"))
        .isEqualTo(
            new RedisUri(true, RedisUri.Kind.SINGLE, "ann", "p@ss+:", List.of("h:1"), "", 7));
    assertThat(parse("valkey://:pw@[::1]:1/"))
        .isEqualTo(
            new RedisUri(false, RedisUri.Kind.SINGLE, null, "pw", List.of("[::1]:1"), "", 0));
  }

  @Test
  void readsSentinelsAndClusters() {
    assertThat(parse("redis+sentinel://a,b:1/main"))
        .isEqualTo(
            new RedisUri(
                false, RedisUri.Kind.SENTINEL, null, null, List.of("a:26379", "b:1"), "main", 0));
    assertThat(parse("rediss+sentinel://a/main/2").database()).isEqualTo(2);
    assertThat(parse("redis+cluster://a,b:1"))
        .isEqualTo(
            new RedisUri(
                false, RedisUri.Kind.CLUSTER, null, null, List.of("a:6379", "b:1"), "", 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h",
        "redis://h:0",
        "redis://h:65536",
        "redis://h:x",
        "redis://a,b",
        "redis://h/x",
        "redis://h/1/2",
        "redis://h?x=1",
        "redis://h#x",
        "redis+sentinel://a,b",
        "redis+sentinel://a/",
        "redis+sentinel://a,,b/main",
        "redis+cluster://a/1",
        "redis+other://a"
      })
  void refusesWhatIsNoRedis(String uri) {
    assertThatThrownBy(() -> parse(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("URI of Redis is '" + uri.replaceAll("[?#].*", "") + "', expected");
  }

  @Test
  void neverShowsThePassword() {
    assertThatThrownBy(() -> parse("redis://ann:secret@h:x"))
        .hasMessageContaining("redis://h:x")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> parse("redis://:sec/ret@h"))
        .hasMessageContaining("redis:")
        .hasMessageNotContaining("ret@");
    assertThatThrownBy(() -> RedissonBus.uri("redis://ann:sec ret@h"))
        .hasMessageContaining("malformed")
        .hasMessageNotContaining("sec ret");
    assertThat(parse("redis://ann:secret@h")).asString().doesNotContain("secret");
  }
}
