package dev.roomcast.testkit.tls;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A fresh certificate for this machine with its key, signed by itself, as the files that servers
 * read; made by the JDK's keytool. Immutable.
 */
public final class TestCertificate {
  private static final String ALIAS = "localhost";
  private static final String PASSWORD = "changeit";

  private final Path store;
  private final Path chain;
  private final Path key;
  private final KeyStore keys;
  private final SSLContext client;

  /** Made when it is asked for. */
  private static final class Shared {
    static final TestCertificate CERTIFICATE = inTemporaryFiles();
  }

  private TestCertificate(Path store) throws IOException, GeneralSecurityException {
    this.store = store;
    keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    chain = store.resolveSibling("chain.pem");
    key = store.resolveSibling("key.pem");
    Files.writeString(chain, pem("CERTIFICATE", certificate().getEncoded()));
    Files.writeString(
        key, pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
    client = context(null, trust());
  }

  /** The same one for all tests of this JVM, whose files go with it; keytool takes its time. */
  public static TestCertificate shared() {
    return Shared.CERTIFICATE;
  }

  private static TestCertificate inTemporaryFiles() {
    try {
      Path directory = Files.createTempDirectory("roomcast-certificate");
      TestCertificate made = in(directory);
      directory.toFile().deleteOnExit();
      try (Stream<Path> files = Files.list(directory)) {
        files.map(Path::toFile).forEach(File::deleteOnExit);
      }
      return made;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * With an elliptic curve, valid for some days.
   *
   * @param directory an empty one, or one that does not exist yet
   */
  public static TestCertificate in(Path directory) {
    return in(directory, "EC");
  }

  /**
   * With a key of another kind, or another life.
   *
   * @param keyAlgorithm such as {@code RSA} or {@code Ed25519}
   * @param more arguments of keytool, such as {@code -startdate}
   */
  public static TestCertificate in(Path directory, String keyAlgorithm, String... more) {
    try {
      Files.createDirectories(directory);
      Path store = directory.resolve("keys.p12");
      keytool(directory, store, keyAlgorithm, List.of(more));
      return new TestCertificate(store);
    } catch (IOException | GeneralSecurityException failed) {
      throw new IllegalStateException("cannot make a certificate in " + directory, failed);
    }
  }

  private static void keytool(Path directory, Path store, String keyAlgorithm, List<String> more)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", ALIAS, "-keyalg", keyAlgorithm));
    command.addAll(List.of("-dname", "CN=" + directory.getFileName()));
    command.addAll(List.of("-ext", "san=dns:localhost,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1"));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    command.addAll(more);
    File log = store.resolveSibling("keytool.log").toFile();
    Process keytool =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    try {
      if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        throw new IOException("keytool: " + Files.readString(log.toPath()));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private static String pem(String label, byte[] content) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, lines, label);
  }

  /** A file with the certificate in PEM. */
  public Path chain() {
    return chain;
  }

  /** A file with the private key in PEM, PKCS#8. */
  public Path key() {
    return key;
  }

  /** A file with both in PKCS#12. */
  public Path store() {
    return store;
  }

  /** The password of {@link #store}. */
  public String password() {
    return PASSWORD;
  }

  public X509Certificate certificate() {
    try {
      return (X509Certificate) keys.getCertificate(ALIAS);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What a server with this certificate speaks, without any of our code. */
  public SSLContext server() {
    return context(identity(), null);
  }

  /**
   * What a client speaks that trusts this certificate alone; always the same, so that clients
   * resume their sessions.
   */
  public SSLContext client() {
    return client;
  }

  /** The same for a client that has a certificate itself. */
  public SSLContext client(TestCertificate own) {
    return context(own.identity(), trust());
  }

  private KeyManager[] identity() {
    try {
      KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
      factory.init(keys, PASSWORD.toCharArray());
      return factory.getKeyManagers();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private TrustManager[] trust() {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      Certificate own = certificate();
      trusted.setCertificateEntry(ALIAS, own);
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(trusted);
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static SSLContext context(
      KeyManager @Nullable [] keys, TrustManager @Nullable [] trusted) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trusted, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
