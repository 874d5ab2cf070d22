package dev.roomcast.core.hook;

import java.util.Collection;
import java.util.List;

/** Ready-made choices for a {@link RoomValidator}. */
public final class Rooms {
  private Rooms() {}

  /** Those asked for that are also among {@code allowed}, in the order asked. */
  public static List<String> only(List<String> asked, Collection<String> allowed) {
    return asked.stream().filter(allowed::contains).toList();
  }
}
