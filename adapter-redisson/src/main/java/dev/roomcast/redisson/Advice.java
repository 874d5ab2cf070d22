package dev.roomcast.redisson;

import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.redisson.client.WriteRedisConnectionException;
import org.redisson.config.Config;

/**
 * What to try where Redis cannot be used, as far as the failure and the configuration tell. What
 * goes wrong between two who do not speak the same is silence, or an end without a word. Pure.
 */
final class Advice {
  private static final String NONE = "";

  private Advice() {}

  /** A question or a hint, such as "does this port speak TLS?"; empty where there is none. */
  static String on(Throwable failed, Config config) {
    if (any(failed, cause -> says(cause, "cluster support disabled"))) {
      return "it is a single server, for which the URI is redis:// without +cluster";
    }
    if (any(failed, cause -> says(cause, "unknown command 'sentinel'"))) {
      return "it is no sentinel; their port is mostly 26379, and for a server itself the URI is"
          + " redis:// without +sentinel";
    }
    boolean sentinels = ClientConfigs.kind(config) == RedisUri.Kind.SENTINEL;
    if (sentinels && any(failed, Advice::isWithoutReason)) {
      return "no sentinel answered; are these their addresses, and is TLS on both sides or"
          + " neither?";
    }
    return tls(config) ? withTls(failed) : inTheClear(failed);
  }

  /** Redisson passes by sentinels that it cannot connect to, and forgets why. */
  private static boolean isWithoutReason(Throwable cause) {
    return cause.getCause() == null && says(cause, "can't connect to servers");
  }

  private static String withTls(Throwable failed) {
    if (any(failed, CertPathBuilderException.class::isInstance)) {
      return "the trust store of this JVM does not know who signed its certificate; another is"
          + " named by -Djavax.net.ssl.trustStore and -Djavax.net.ssl.trustStorePassword";
    }
    // Redis waits for the end of what it takes for a line, and Netty for twice our patience.
    boolean silent = any(failed, TimeoutException.class::isInstance);
    return silent || any(failed, Advice::isNoTls)
        ? "does this port speak TLS? Without it the URI is redis:// instead of rediss://"
        : NONE;
  }

  private static boolean isNoTls(Throwable cause) {
    return cause instanceof NotSslRecordException
        || (cause instanceof SSLException && says(cause, "handshake timed out"));
  }

  private static String inTheClear(Throwable failed) {
    boolean ended = any(failed, WriteRedisConnectionException.class::isInstance);
    return ended || any(failed, Reason::isNoAnswerOfRedis)
        ? "does this port speak TLS only? With it the URI is rediss:// instead of redis://"
        : NONE;
  }

  private static boolean tls(Config config) {
    Stream<String> addresses =
        switch (ClientConfigs.kind(config)) {
          case SINGLE -> Stream.of(config.useSingleServer().getAddress());
          case SENTINEL -> config.useSentinelServers().getSentinelAddresses().stream();
          case CLUSTER -> config.useClusterServers().getNodeAddresses().stream();
        };
    return addresses.anyMatch(
        address -> address.startsWith("rediss:") || address.startsWith("valkeys:"));
  }

  private static boolean any(Throwable failed, Predicate<Throwable> test) {
    return Stream.<Throwable>iterate(failed, cause -> cause != null, Throwable::getCause)
        .anyMatch(test);
  }

  private static boolean says(Throwable failed, String text) {
    return String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT).contains(text);
  }
}
