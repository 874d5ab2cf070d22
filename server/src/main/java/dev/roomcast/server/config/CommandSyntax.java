package dev.roomcast.server.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options of the commands for picocli, which takes the command line apart and writes the help;
 * values stay texts and are read by {@link Given}.
 */
public final class CommandSyntax {
  private CommandSyntax() {}

  /** Adds the options of {@code serve}, each under its heading. */
  public static void addServe(CommandSpec command) {
    add(command, ServeOptions.SECTIONS);
  }

  /** Adds the options of {@code emit}. */
  public static void addEmit(CommandSpec command) {
    add(command, EmitOptions.SECTIONS);
  }

  private static void add(CommandSpec command, List<Section> sections) {
    // '${userId}' in the help is meant so.
    command.interpolateVariables(false);
    for (Section section : sections) {
      ArgGroupSpec.Builder group =
          ArgGroupSpec.builder()
              .validate(false)
              .multiplicity("0..1")
              .heading("%n" + section.heading() + ":%n");
      section.options().forEach(option -> group.addArg(spec(option)));
      command.addArgGroup(group.build());
    }
  }

  private static OptionSpec spec(Option<?> option) {
    OptionSpec.Builder spec =
        OptionSpec.builder(option.name())
            .description(option.help())
            .showDefaultValue(Visibility.NEVER);
    if (option.label() == null) {
      return spec.arity("0").type(boolean.class).build();
    }
    spec.paramLabel(option.label());
    if (option.isYesAlone()) {
      return spec.arity("0..1").fallbackValue("true").type(String.class).build();
    }
    spec.arity("1");
    return option.several()
        ? spec.type(List.class).auxiliaryTypes(String.class).build()
        : spec.type(String.class).build();
  }

  /**
   * What the command line and the environment give.
   *
   * @throws ConfigException if an option is repeated that may not be
   */
  public static Given given(ParseResult parsed, Map<String, String> environment) {
    Map<String, String> line = new LinkedHashMap<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      if (!option.isMultiValue() && option.stringValues().size() > 1) {
        throw new ConfigException("option " + option.longestName() + " is repeated, expected once");
      }
      line.put(option.longestName(), String.join(",", option.stringValues()));
    }
    return new Given(line, environment);
  }
}
