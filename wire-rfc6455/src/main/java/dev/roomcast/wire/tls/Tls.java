package dev.roomcast.wire.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's TLS: reads certificate and key from files, and again when they are replaced.
 * Thread-safe.
 *
 * <pre>{@code
 * Tls tls = Tls.load(TlsOptions.pem(Path.of("chain.pem"), Path.of("key.pem")));
 * UndertowTransport.on(UndertowOptions.port(8443).withTls(tls.context()));
 * scheduler.scheduleWithFixedDelay(tls::reloadIfChanged, 10, 10, SECONDS);
 * }</pre>
 *
 * <p>On the JDK alone, since a library that reads PEM brings a second cryptography provider with it
 * for what is a page of code.
 */
public final class Tls {
  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

  private final TlsOptions options;
  private final List<Path> files;
  private final LatestContext latest;
  private final SSLContext context;

  // Guarded by this.
  private FileState loaded;
  private @Nullable FileState failed;

  private Tls(TlsOptions options, FileState loaded, SSLContext first) {
    this.options = options;
    this.files = files(options);
    this.loaded = loaded;
    latest = new LatestContext(options, first);
    context = new SSLContext(latest, first.getProvider(), first.getProtocol()) {};
  }

  /**
   * Reads certificate and key.
   *
   * @throws TlsException if they cannot be used
   */
  public static Tls load(TlsOptions options) {
    // In this order: a change in between is found the next time.
    FileState state = FileState.of(files(options));
    return new Tls(options, state, read(options));
  }

  private static List<Path> files(TlsOptions options) {
    List<Path> files = new ArrayList<>(options.identity().files());
    options.clientCa().ifPresent(files::add);
    return List.copyOf(files);
  }

  /**
   * Always the same object. Its engines are servers with these options and the certificate that is
   * the latest when they are made, also in a server that is not ours; what was connected before a
   * reload goes on with the one from before.
   */
  public SSLContext context() {
    return context;
  }

  /**
   * Reads certificate and key anew, for connections from now on.
   *
   * @throws TlsException if they cannot be used; those from before stay
   */
  public synchronized void reload() {
    FileState state = FileState.of(files);
    latest.exchange(read(options));
    loaded = state;
    failed = null;
  }

  /**
   * {@link #reload} where the files look different from when they were read; to be called every few
   * seconds. What cannot be used is logged once, and tried again the next time, since files are not
   * replaced all at once.
   *
   * @return whether there is another certificate now
   */
  public synchronized boolean reloadIfChanged() {
    FileState now = FileState.of(files);
    if (now.equals(loaded)) {
      return false;
    }
    try {
      reload();
      return true;
    } catch (RuntimeException unusable) {
      if (!now.equals(failed)) {
        LOG.error("the certificate stays as it was: {}", unusable.getMessage(), unusable);
      }
      failed = now;
      return false;
    }
  }

  private static SSLContext read(TlsOptions options) {
    ServerKeys keys = ServerKeys.read(options.identity());
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.managers(), trusted(options.clientCa()), null);
      keys.certificates().forEach(Tls::log);
      return context;
    } catch (GeneralSecurityException refused) {
      throw new TlsException("TLS cannot be used here", refused);
    }
  }

  private static void log(X509Certificate certificate) {
    try {
      certificate.checkValidity();
      LOG.info(
          "serving the certificate of {}, valid until {}",
          certificate.getSubjectX500Principal(),
          certificate.getNotAfter().toInstant());
    } catch (CertificateException notNow) {
      // It is served all the same: a refusal would help nobody more than the browser's warning.
      LOG.warn(
          "clients will refuse the certificate of {}: it is valid from {} to {}",
          certificate.getSubjectX500Principal(),
          certificate.getNotBefore().toInstant(),
          certificate.getNotAfter().toInstant());
    }
  }

  private static TrustManager @Nullable [] trusted(Optional<Path> clientCa)
      throws GeneralSecurityException {
    if (clientCa.isEmpty()) {
      return null;
    }
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    try {
      authorities.load(null, null);
    } catch (IOException nothingIsRead) {
      throw new GeneralSecurityException(nothingIsRead);
    }
    for (X509Certificate authority : PemFile.read(clientCa.get()).certificates()) {
      authorities.setCertificateEntry(String.valueOf(authorities.size()), authority);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(authorities);
    return factory.getTrustManagers();
  }
}
