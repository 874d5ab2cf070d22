package dev.roomcast.server.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenFileTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("tokens.txt");
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  @Test
  void knowsTheHolderOfAToken() throws IOException {
    write(
        """
        # people
        secret-1 ann

          secret-2\tbob  rooms=team-*,lobby expires=2027-01-31T00:00:00Z
        """);
    Tokens tokens = TokenFile.read(file).current();

    assertThat(tokens.holder("secret-1").orElseThrow().userId()).isEqualTo("ann");
    Holder bob = tokens.holder("secret-2").orElseThrow();
    assertThat(bob.expiry()).isEqualTo(Instant.parse("2027-01-31T00:00:00Z"));
    assertThat(bob.member().rooms()).anyMatch(room -> room.allows("team-7", "bob"));
    assertThat(bob.member().rooms()).anyMatch(room -> room.allows("lobby", "bob"));
    assertThat(tokens.holder("secret-3")).isEmpty();
    assertThat(tokens.holder("")).isEmpty();
  }

  @Test
  void takesAHashForItsToken() throws IOException {
    String hash = TokenHash.of("secret").hex();
    write("sha256:" + hash.toUpperCase(java.util.Locale.ROOT) + " ann\n");
    Tokens tokens = TokenFile.read(file).current();

    assertThat(tokens.holder("secret")).isPresent();
    assertThat(tokens.holder("sha256:" + hash)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hush                                  | line 2: the user id is missing",
        "hush ann rums=a                       | line 2: a field after the user id is unknown",
        "hush ann more                         | line 2: a field after the user id is unknown",
        "hush ann rooms=${x}                   | line 2: room pattern is '${x}', expected",
        "hush ann rooms=                       | line 2: room pattern is '', expected",
        "hush ann expires=tomorrow             | line 2: expires is 'tomorrow', expected a time",
        "sha256:hush ann                       | line 2: 'sha256:' is not followed by 64",
        "first bob                             | line 2: the token stands on an earlier line too",
      })
  void refusesAMalformedLineWithoutQuotingTheToken(String line, String reason) throws IOException {
    write("first ann\n" + line + "\n");

    assertThatThrownBy(() -> TokenFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ", " + reason)
        .hasMessageNotContaining("hush");
  }

  @Test
  void refusesAFileWithoutTokens() throws IOException {
    write("# nobody\n");

    assertThatThrownBy(() -> TokenFile.read(file)).hasMessageContaining("there is no token in it");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> TokenFile.read(file)).hasMessage(file + ": there is no such file");
  }

  @Test
  void refusesWhatIsNoUtf8() throws IOException {
    Files.write(file, "m\u00fcller ann".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> TokenFile.read(file)).hasMessageContaining("cannot be read as UTF-8");
  }

  @Test
  void readsAChangedFileAnew() throws IOException {
    write("old ann\n");
    TokenFile tokens = TokenFile.read(file);
    change("new ann\n");

    assertThat(tokens.current().holder("new")).isPresent();
    assertThat(tokens.current().holder("old")).isEmpty();
  }

  @Test
  void keepsTheTokensWhereAChangeIsMalformed() throws IOException {
    write("old ann\n");
    TokenFile tokens = TokenFile.read(file);
    change("new\n");

    assertThat(tokens.current().holder("old")).isPresent();
  }

  @Test
  void letsNobodyInWhereNoTokenIsLeft() throws IOException {
    write("secret ann\n");
    TokenFile tokens = TokenFile.read(file);
    change("# secret ann\n");

    assertThat(tokens.current().holder("secret")).isEmpty();
    change("secret ann\n# again\n");
    assertThat(tokens.current().holder("secret")).isPresent();
  }

  @Test
  void keepsTheTokensWhereTheFileIsGone() throws IOException {
    write("old ann\n");
    TokenFile tokens = TokenFile.read(file);
    Files.delete(file);

    assertThat(tokens.current().holder("old")).isPresent();
  }

  /** At another time for certain, however coarse the file system's clock. */
  private void change(String text) throws IOException {
    write(text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
  }
}
