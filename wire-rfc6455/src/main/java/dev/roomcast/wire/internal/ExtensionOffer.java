package dev.roomcast.wire.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One extension that a client offers (RFC 6455 section 9.1). Immutable.
 *
 * @param parameters in the order given
 */
public record ExtensionOffer(String name, List<Parameter> parameters) {

  /**
   * A parameter.
   *
   * @param value unquoted; null where there is none
   */
  public record Parameter(String name, @Nullable String value) {}

  public ExtensionOffer {
    parameters = List.copyOf(parameters);
  }

  /**
   * Reads the header, which may be repeated and then counts as one.
   *
   * @param lines the values of the header, in the order given
   * @return the offers, the client's favourite first; empty if they do not follow the grammar
   */
  public static Optional<List<ExtensionOffer>> read(List<String> lines) {
    List<ExtensionOffer> offers = new ArrayList<>();
    TokenScanner in = new TokenScanner(String.join(",", lines));
    do {
      // A list may have empty elements (RFC 9110 section 5.6.1.2).
      if (!in.atEndOfElement()) {
        ExtensionOffer offer = readOne(in);
        if (offer == null) {
          return Optional.empty();
        }
        offers.add(offer);
      }
    } while (in.take(','));
    return in.atEnd() ? Optional.of(List.copyOf(offers)) : Optional.empty();
  }

  private static @Nullable ExtensionOffer readOne(TokenScanner in) {
    String name = in.token();
    if (name == null) {
      return null;
    }
    List<Parameter> parameters = new ArrayList<>();
    while (in.take(';')) {
      String parameter = in.token();
      boolean hasValue = in.take('=');
      String value = hasValue ? in.tokenOrQuoted() : null;
      if (parameter == null || (hasValue && value == null)) {
        return null;
      }
      parameters.add(new Parameter(parameter, value));
    }
    return new ExtensionOffer(name, parameters);
  }
}
