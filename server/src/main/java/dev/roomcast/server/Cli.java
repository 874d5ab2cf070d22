package dev.roomcast.server;

import dev.roomcast.server.config.CommandSyntax;
import dev.roomcast.server.config.ConfigException;
import dev.roomcast.server.config.Given;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code roomcast} with its subcommands {@code serve} and {@code emit}. */
final class Cli {
  /** Exit code for what can be mended on the command line. */
  static final int WRONG_USE = 2;

  private static final String[] ENVIRONMENT = {
    "%nWhere several values are allowed they stand with commas between, or the option is repeated."
        + " Each option may also be given as a variable of the environment: --redis as"
        + " ROOMCAST_REDIS. The command line wins.%n"
  };

  private Cli() {}

  /**
   * Runs a command.
   *
   * @param serve gets what was given to the command of that name and returns the exit code
   * @param emit the same
   */
  static int run(
      String[] arguments,
      Map<String, String> environment,
      PrintWriter out,
      PrintWriter err,
      Command serve,
      Command emit) {
    CommandSpec serveSpec = CommandSpec.create().name("serve");
    CommandSpec emitSpec = CommandSpec.create().name("emit");
    CommandSpec root =
        CommandSpec.create()
            .name("roomcast")
            .addSubcommand("serve", serveSpec)
            .addSubcommand("emit", emitSpec);
    for (CommandSpec spec : new CommandSpec[] {root, serveSpec, emitSpec}) {
      spec.version(version())
          .addOption(
              OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this.").build())
          .addOption(
              OptionSpec.builder("-V", "--version")
                  .versionHelp(true)
                  .description("Show the version.")
                  .build());
      spec.usageMessage().sortOptions(false).width(100);
    }
    root.usageMessage().description("Realtime messaging over WebSocket.");
    serveSpec
        .usageMessage()
        .customSynopsis("roomcast serve [OPTION]...")
        .description("Starts a server, in development mode unless there are --tokens.")
        .footer(ENVIRONMENT);
    CommandSyntax.addServe(serveSpec);
    emitSpec
        .usageMessage()
        .customSynopsis("roomcast emit (--room|--user|--client|--all) --event <name> [OPTION]...")
        .description("Sends an event to clients of running servers, through their Redis.")
        .footer(ENVIRONMENT);
    CommandSyntax.addEmit(emitSpec);
    CommandLine line =
        new CommandLine(root)
            .setOut(out)
            .setErr(err)
            .setParameterExceptionHandler((wrong, unused) -> refuse(err, wrong))
            .setExecutionStrategy(
                parsed -> {
                  Integer helped = CommandLine.executeHelpRequest(parsed);
                  if (helped != null) {
                    return helped;
                  }
                  if (!parsed.hasSubcommand()) {
                    parsed.commandSpec().commandLine().usage(err);
                    return WRONG_USE;
                  }
                  ParseResult given = parsed.subcommand();
                  Command command =
                      given.commandSpec().name().equals(emitSpec.name()) ? emit : serve;
                  return run(given, environment, err, command);
                });
    return line.execute(arguments);
  }

  /** What a subcommand does. */
  @FunctionalInterface
  interface Command {
    int run(Given given);
  }

  private static int run(
      ParseResult parsed, Map<String, String> environment, PrintWriter err, Command command) {
    try {
      return command.run(CommandSyntax.given(parsed, environment));
    } catch (ConfigException wrong) {
      err.println("roomcast: " + wrong.getMessage());
      return WRONG_USE;
    }
  }

  private static int refuse(PrintWriter err, ParameterException wrong) {
    err.println(
        "roomcast: "
            + (wrong instanceof UnmatchedArgumentException unmatched
                ? Unmatched.told(unmatched)
                : wrong.getMessage())
            + " (see "
            + wrong.getCommandLine().getCommandSpec().qualifiedName()
            + " --help)");
    return WRONG_USE;
  }

  private static String version() {
    String version = Cli.class.getPackage().getImplementationVersion();
    return "roomcast " + (version == null ? "unpackaged" : version);
  }
}
