package dev.roomcast.testkit.conformance;

import java.util.ArrayList;
import java.util.List;

/** Cases of one rule, numbered in their order. Immutable. */
record Group(String number, String section, String title, List<Case> cases) {

  /**
   * A group of a topic.
   *
   * @param number of the topic and the group
   * @param section of RFC 6455
   * @param cases without numbers
   */
  static Group of(String number, String section, String title, List<Case> cases) {
    List<Case> numbered = new ArrayList<>();
    for (Case one : cases) {
      numbered.add(one.numbered(number + "." + (numbered.size() + 1), section));
    }
    return new Group(number, section, title, List.copyOf(numbered));
  }

  @Override
  public String toString() {
    return number + " " + title + " (RFC 6455 section " + section + ")";
  }
}
