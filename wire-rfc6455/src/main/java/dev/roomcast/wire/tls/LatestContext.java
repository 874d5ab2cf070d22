package dev.roomcast.wire.tls;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * Passes everything on to a context that may be exchanged. Thread-safe.
 *
 * <p>The whole context and not only its key manager: sessions of the old one cannot be resumed, so
 * that a certificate that was withdrawn is really gone.
 */
final class LatestContext extends SSLContextSpi {
  private final String[] protocols;
  private final boolean clientsNeedCertificate;
  private volatile SSLContext latest;

  LatestContext(TlsOptions options, SSLContext first) {
    protocols = options.protocols().toArray(String[]::new);
    clientsNeedCertificate = options.clientCa().isPresent();
    latest = first;
  }

  void exchange(SSLContext next) {
    latest = next;
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return prepared(latest.createSSLEngine());
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    return prepared(latest.createSSLEngine(host, port));
  }

  private SSLEngine prepared(SSLEngine engine) {
    engine.setUseClientMode(false);
    engine.setSSLParameters(parameters());
    return engine;
  }

  private SSLParameters parameters() {
    SSLParameters parameters = latest.getDefaultSSLParameters();
    parameters.setProtocols(protocols.clone());
    parameters.setUseCipherSuitesOrder(true);
    parameters.setNeedClientAuth(clientsNeedCertificate);
    return parameters;
  }

  @Override
  protected SSLParameters engineGetDefaultSSLParameters() {
    return parameters();
  }

  @Override
  protected SSLParameters engineGetSupportedSSLParameters() {
    SSLParameters supported = latest.getSupportedSSLParameters();
    supported.setProtocols(protocols.clone());
    return supported;
  }

  @Override
  protected void engineInit(KeyManager[] keys, TrustManager[] trusted, SecureRandom random)
      throws KeyManagementException {
    throw new KeyManagementException("initialised already");
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    return latest.getSocketFactory();
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    return latest.getServerSocketFactory();
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return latest.getServerSessionContext();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return latest.getClientSessionContext();
  }
}
