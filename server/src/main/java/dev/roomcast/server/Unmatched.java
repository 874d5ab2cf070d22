package dev.roomcast.server;

import dev.roomcast.server.config.Nearest;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is told of an argument that a command does not have. Pure. */
final class Unmatched {
  private static final String OPTION = "--";

  private Unmatched() {}

  /** The first of them, without its value: what follows may belong to it, or be a secret. */
  static String told(UnmatchedArgumentException wrong) {
    CommandSpec command = wrong.getCommandLine().getCommandSpec();
    String argument = wrong.getUnmatched().getFirst().replaceFirst("=.*", "");
    if (!argument.startsWith("-") && !command.subcommands().isEmpty()) {
      return "'"
          + argument
          + "' is no command"
          + Nearest.question("", argument, command.subcommands().keySet());
    }
    return "'"
        + argument
        + "' is no option of "
        + command.qualifiedName()
        + hint(command, argument);
  }

  private static String hint(CommandSpec command, String argument) {
    if (!argument.startsWith("-")) {
      return "; options begin with " + OPTION;
    }
    List<String> ofSubcommands =
        command.subcommands().values().stream()
            .map(subcommand -> subcommand.getCommandSpec())
            .filter(subcommand -> subcommand.optionsMap().containsKey(argument))
            .map(subcommand -> subcommand.qualifiedName() + " " + argument)
            .toList();
    return ofSubcommands.isEmpty()
        ? Nearest.question(OPTION, argument.replaceFirst("^-+", ""), longNames(command))
        : "; did you mean " + String.join(" or ", ofSubcommands) + "?";
  }

  private static List<String> longNames(CommandSpec command) {
    Set<String> names = command.optionsMap().keySet();
    return names.stream()
        .filter(name -> name.startsWith(OPTION))
        .map(name -> name.substring(OPTION.length()))
        .toList();
  }
}
