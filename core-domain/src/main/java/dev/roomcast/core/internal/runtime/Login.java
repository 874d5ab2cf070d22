package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.hook.Admission;
import dev.roomcast.core.hook.ConnectRequest;
import dev.roomcast.core.internal.model.SessionEvent.Outcome;
import dev.roomcast.port.cipher.CipherException;
import dev.roomcast.port.cipher.Encryption;
import dev.roomcast.port.cipher.KeyAgreement;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.codec.JsonBindingException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the authenticator, and the encryption handshake after it. Thread-safe. */
final class Login {
  private static final Logger LOG = LoggerFactory.getLogger(Login.class);

  private final ServerContext context;

  Login(ServerContext context) {
    this.context = context;
  }

  /**
   * Runs on a hook thread.
   *
   * @param data of the {@code authenticate} message
   * @param renewal whether the client is admitted already, so that keys are not exchanged again
   * @param then gets the result on the hook's thread
   */
  void run(
      ConnectRequest request, @Nullable Json data, boolean renewal, Consumer<LoginResult> then) {
    context
        .hookCalls()
        .<LoginResult>run(
            "authenticator",
            request.clientId(),
            () -> authenticate(request, data, renewal),
            result ->
                then.accept(
                    switch (result) {
                      case HookResult.Returned<LoginResult>(LoginResult outcome)
                          when outcome != null ->
                          outcome;
                      case HookResult.Returned<LoginResult> nothing -> refused();
                      case HookResult.Threw<LoginResult> threw ->
                          new LoginResult.No(new Outcome.Threw());
                      case HookResult.Crashed<LoginResult> crashed ->
                          new LoginResult.No(new Outcome.Crashed());
                    }));
  }

  private LoginResult authenticate(ConnectRequest request, @Nullable Json data, boolean renewal)
      throws Exception {
    Json given = data == null || data.isNull() ? Json.EMPTY_OBJECT : data;
    if (!given.isObject()) {
      LOG.debug("client {} sent authentication data that is no object", request.clientId());
      return refused();
    }
    Object bound;
    try {
      bound = context.codec().mapper().fromJson(given, context.hooks().loginType());
    } catch (JsonBindingException wrong) {
      LOG.debug("client {} sent authentication data that does not bind", request.clientId());
      LOG.debug("why it does not bind", wrong);
      return refused();
    }
    if (bound == null) {
      return refused();
    }
    Optional<Admission<Object>> admission =
        context.hooks().authenticator().authenticate(bound, request);
    if (admission.isEmpty()) {
      return refused();
    }
    return renewal || !encryptionRequired()
        ? new LoginResult.Yes(admission.get(), null)
        : handshake(request, admission.get(), given);
  }

  private boolean encryptionRequired() {
    Encryption encryption = context.hooks().encryption();
    return context.options().sessions().requireEncryption()
        || (encryption != null && encryption.enforced());
  }

  // The handshake's exceptions have an answer of their own, so they are caught here.
  private LoginResult handshake(ConnectRequest request, Admission<Object> admission, Json data) {
    HookResult<LoginResult.Keys> result =
        context
            .hookCalls()
            .callWithin(
                "encryption handshake",
                request.clientId(),
                () -> exchange(request, admission.userId(), data));
    return result instanceof HookResult.Returned<LoginResult.Keys>(LoginResult.Keys keys)
            && keys != null
        ? new LoginResult.Yes(admission, keys)
        : new LoginResult.No(new Outcome.HandshakeFailed());
  }

  private LoginResult.@Nullable Keys exchange(
      ConnectRequest request, @Nullable String userId, Json data) throws Exception {
    var own = context.hooks().handshake();
    if (own != null) {
      return own.exchange(request, userId, data)
          .map(keys -> new LoginResult.Keys(keys.serverPublicKey(), keys.salt(), null, null))
          .orElse(null);
    }
    return agree(context, request.clientId(), data);
  }

  /**
   * The built-in key agreement; null where none is configured, or the client sent no key that is
   * acceptable.
   */
  static LoginResult.@Nullable Keys agree(ServerContext context, String clientId, Json data) {
    Encryption encryption = context.hooks().encryption();
    if (encryption == null
        || !(Members.of(context.codec().mapper(), data).get("publicKey")
            instanceof String publicKey)) {
      return null;
    }
    try {
      KeyAgreement agreed = encryption.agree(clientId, publicKey);
      return new LoginResult.Keys(
          agreed.serverPublicKey(), agreed.salt(), agreed.signature(), agreed.cipher());
    } catch (CipherException refused) {
      // The client's fault and none of a hook: no warning, or a client could fill the log.
      LOG.debug("client {} sent a key that is not acceptable", clientId, refused);
      return null;
    }
  }

  private static LoginResult refused() {
    return new LoginResult.No(new Outcome.Refused());
  }
}
