package dev.roomcast.testkit.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SequentialIdsTest {

  @Test
  void countsInTheFormOfUuids() {
    SequentialIds ids = new SequentialIds();

    assertThat(ids.next()).isEqualTo("00000000-0000-4000-8000-000000000001");
    String second = ids.next();
    assertThat(UUID.fromString(second)).hasToString(second);
    assertThat(UUID.fromString(second).version()).isEqualTo(4);
  }

  @Test
  void keepsSpacesApart() {
    assertThat(new SequentialIds(1).next()).isNotEqualTo(new SequentialIds(2).next());
  }
}
