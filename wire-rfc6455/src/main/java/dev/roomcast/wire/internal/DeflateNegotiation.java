package dev.roomcast.wire.internal;

import dev.roomcast.wire.internal.ExtensionOffer.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which offer of permessage-deflate is accepted, and how (RFC 7692 sections 5.1 and 7.1). Pure.
 *
 * <p>Neither side keeps its window from one message to the next: so one inflater and one deflater
 * serve all connections of a loop, and a message is compressed once for all that get it.
 */
public final class DeflateNegotiation {
  private static final String NAME = "permessage-deflate";
  private static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";
  private static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";
  private static final String SERVER_MAX_WINDOW_BITS = "server_max_window_bits";
  private static final String CLIENT_MAX_WINDOW_BITS = "client_max_window_bits";

  /** The only window that the JDK's deflater has, and the largest there is. */
  private static final String WIDEST = "15";

  private static final Set<String> WINDOW_BITS =
      Set.of("8", "9", "10", "11", "12", "13", "14", WIDEST);

  private DeflateNegotiation() {}

  /**
   * Accepts the first offer that can be kept to.
   *
   * @param header the values of the header in which extensions are offered
   * @return the value of the answer's header; empty if the extension is not used
   */
  public static Optional<String> accept(List<String> header) {
    return ExtensionOffer.read(header).stream()
        .flatMap(List::stream)
        .filter(offer -> offer.name().equals(NAME) && canKeepTo(offer.parameters()))
        .map(DeflateNegotiation::answer)
        .findFirst();
  }

  /** Section 7.1: an unknown or repeated parameter or a bad value declines the offer. */
  private static boolean canKeepTo(List<Parameter> parameters) {
    Set<String> seen = new HashSet<>();
    return parameters.stream()
        .allMatch(parameter -> seen.add(parameter.name()) && canKeepTo(parameter));
  }

  private static boolean canKeepTo(Parameter parameter) {
    @Nullable String value = parameter.value();
    return switch (parameter.name()) {
      case SERVER_NO_CONTEXT_TAKEOVER, CLIENT_NO_CONTEXT_TAKEOVER -> value == null;
      case SERVER_MAX_WINDOW_BITS -> WIDEST.equals(value);
      // A hint that the client can limit its window, and to what: the inflater takes any.
      case CLIENT_MAX_WINDOW_BITS -> value == null || WINDOW_BITS.contains(value);
      default -> false;
    };
  }

  private static String answer(ExtensionOffer offer) {
    String agreed = String.join("; ", NAME, SERVER_NO_CONTEXT_TAKEOVER, CLIENT_NO_CONTEXT_TAKEOVER);
    // Accepting an offer with this parameter means to repeat it (section 7.1.2.1).
    boolean window =
        offer.parameters().stream()
            .anyMatch(parameter -> parameter.name().equals(SERVER_MAX_WINDOW_BITS));
    return window ? agreed + "; " + SERVER_MAX_WINDOW_BITS + "=" + WIDEST : agreed;
  }
}
