package dev.roomcast.server.config;

import java.util.Collection;
import java.util.List;

/** What somebody may have meant by a name that there is not. Pure. */
public final class Nearest {
  /** Below this a common beginning means nothing: too much begins so. */
  private static final int TELLING = 4;

  private Nearest() {}

  /**
   * Asks for what may have been meant, such as "; did you mean --port?"; empty where nothing is
   * near.
   *
   * @param prefix what all names begin with, such as {@code --}
   * @param name what there is not, without it
   * @param names what there is, without it
   */
  public static String question(String prefix, String name, Collection<String> names) {
    List<String> nearest = to(name, names).stream().map(prefix::concat).toList();
    return nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?";
  }

  /** Sorted; more than one where they are equally near, none where nothing is near. */
  static List<String> to(String name, Collection<String> names) {
    int farthest = name.length() / 3;
    int nearest =
        names.stream().mapToInt(other -> distance(name, other)).min().orElse(farthest + 1);
    return nearest > farthest
        ? List.of()
        : names.stream().filter(other -> distance(name, other) == nearest).sorted().toList();
  }

  /** Words that are missing at the end, or too many, are one slip. */
  private static int distance(String a, String b) {
    boolean begins =
        Math.min(a.length(), b.length()) >= TELLING && (a.startsWith(b) || b.startsWith(a));
    return begins ? 1 : slips(a, b);
  }

  /** Characters that are missing, superfluous, other ones, or swapped with their neighbour. */
  private static int slips(String a, String b) {
    int[][] least = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          least[i][j] = i + j;
          continue;
        }
        int other = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        least[i][j] =
            Math.min(least[i - 1][j - 1] + other, 1 + Math.min(least[i - 1][j], least[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          least[i][j] = Math.min(least[i][j], least[i - 2][j - 2] + 1);
        }
      }
    }
    return least[a.length()][b.length()];
  }
}
