package dev.roomcast.server.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Variables of the environment that look like options and are none. Pure. */
final class StrayVariables {
  private static final String PREFIX = "ROOMCAST_";

  /** Those without an option: the password of a key store, and what only the launcher reads. */
  private static final Set<String> OTHERS =
      Set.of(Given.TLS_PASSWORD, "ROOMCAST_JAVA_HOME", "ROOMCAST_JAVA_OPTS");

  /** Our tests', which a developer may have set for good. */
  private static final String OF_TESTS = "ROOMCAST_TEST_";

  /** What Kubernetes and Docker set beside a service whose name begins like ours. */
  private static final Pattern OF_SERVICES =
      Pattern.compile(
          ".*_SERVICE_(HOST|PORT(_.*)?)=.*|.*_PORT(_\\d+_.*)?=(tcp|udp|sctp)://.*"
              + "|.*_PORT_\\d+_(TCP|UDP|SCTP)_(PROTO|PORT|ADDR)=.*");

  private StrayVariables() {}

  /** What is to be said of each, by their order. */
  static List<String> in(Map<String, String> environment) {
    Set<String> known = known();
    List<String> names = known.stream().map(name -> name.substring(PREFIX.length())).toList();
    return new TreeMap<>(environment)
        .entrySet().stream()
            .filter(set -> set.getKey().startsWith(PREFIX) && !set.getValue().isEmpty())
            .filter(set -> !known.contains(set.getKey()) && !set.getKey().startsWith(OF_TESTS))
            .filter(set -> !OF_SERVICES.matcher(set.getKey() + "=" + set.getValue()).matches())
            .map(set -> told(set.getKey().substring(PREFIX.length()), names))
            .toList();
  }

  private static String told(String name, List<String> names) {
    return "environment variable "
        + PREFIX
        + name
        + " is no option and changes nothing"
        + Nearest.question(PREFIX, name, names);
  }

  private static Set<String> known() {
    return Stream.concat(
            OTHERS.stream(),
            Stream.of(ServeOptions.SECTIONS, EmitOptions.SECTIONS)
                .flatMap(List::stream)
                .flatMap(section -> section.options().stream())
                .map(Option::variable))
        .collect(Collectors.toSet());
  }
}
