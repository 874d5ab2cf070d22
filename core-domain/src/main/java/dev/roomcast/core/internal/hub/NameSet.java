package dev.roomcast.core.internal.hub;

import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Names that one thread changes and others keep as they were: a set with one more or one less
 * shares all but a path with the one before. Of 8,192 names a change makes some 14 nodes anew,
 * where a copy would make 8,192. In the order of {@link String#compareTo}. Immutable.
 *
 * <p>A tree balanced by weight, where neither side outweighs the other by more than {@link #DELTA}:
 * <a href="https://doi.org/10.1017/S0956796811000104">Hirai and Yamamoto, Balancing weight-balanced
 * trees, 2011</a>. Ordered and not hashed, since strangers choose the names.
 */
public final class NameSet extends AbstractSet<String> {
  /** No names. */
  public static final NameSet EMPTY = new NameSet();

  /** The only pair of whole numbers for which one rotation always balances, as they prove. */
  private static final int DELTA = 3;

  private static final int GAMMA = 2;

  private final String name;
  final NameSet left;
  final NameSet right;
  private final int size;

  private NameSet() {
    name = "";
    left = this;
    right = this;
    size = 0;
  }

  private NameSet(NameSet left, String name, NameSet right) {
    this.left = left;
    this.name = name;
    this.right = right;
    size = left.size + 1 + right.size;
  }

  /** These and one more. */
  public NameSet with(String added) {
    return contains(added) ? this : plus(added);
  }

  /** These but one. */
  public NameSet without(String removed) {
    return contains(removed) ? minus(removed) : this;
  }

  private NameSet plus(String added) {
    if (isEmpty()) {
      return new NameSet(EMPTY, added, EMPTY);
    }
    return added.compareTo(name) < 0
        ? balanced(left.plus(added), name, right)
        : balanced(left, name, right.plus(added));
  }

  private NameSet minus(String removed) {
    int order = removed.compareTo(name);
    if (order < 0) {
      return balanced(left.minus(removed), name, right);
    }
    if (order > 0) {
      return balanced(left, name, right.minus(removed));
    }
    return right.isEmpty() ? left : balanced(left, right.first(), right.withoutFirst());
  }

  private String first() {
    return left.isEmpty() ? name : left.first();
  }

  private NameSet withoutFirst() {
    return left.isEmpty() ? right : balanced(left.withoutFirst(), name, right);
  }

  /** Of two sides that were balanced before one of them got or lost one name. */
  private static NameSet balanced(NameSet left, String name, NameSet right) {
    if (right.weight() > DELTA * left.weight()) {
      return right.left.weight() < GAMMA * right.right.weight()
          ? new NameSet(new NameSet(left, name, right.left), right.name, right.right)
          : new NameSet(
              new NameSet(left, name, right.left.left),
              right.left.name,
              new NameSet(right.left.right, right.name, right.right));
    }
    if (left.weight() > DELTA * right.weight()) {
      return left.right.weight() < GAMMA * left.left.weight()
          ? new NameSet(left.left, left.name, new NameSet(left.right, name, right))
          : new NameSet(
              new NameSet(left.left, left.name, left.right.left),
              left.right.name,
              new NameSet(left.right.right, name, right));
    }
    return new NameSet(left, name, right);
  }

  private int weight() {
    return size + 1;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean contains(Object wanted) {
    if (!(wanted instanceof String text)) {
      return false;
    }
    NameSet at = this;
    while (!at.isEmpty()) {
      int order = text.compareTo(at.name);
      if (order == 0) {
        return true;
      }
      at = order < 0 ? at.left : at.right;
    }
    return false;
  }

  @Override
  public Iterator<String> iterator() {
    return new InOrder(this);
  }

  private static final class InOrder implements Iterator<String> {
    /** Those whose own name and right side are still to come, the next one on top. */
    private final Deque<NameSet> waiting = new ArrayDeque<>();

    InOrder(NameSet all) {
      descend(all);
    }

    private void descend(NameSet from) {
      for (NameSet at = from; !at.isEmpty(); at = at.left) {
        waiting.push(at);
      }
    }

    @Override
    public boolean hasNext() {
      return !waiting.isEmpty();
    }

    @Override
    public String next() {
      if (waiting.isEmpty()) {
        throw new NoSuchElementException("all names were told");
      }
      NameSet at = waiting.pop();
      descend(at.right);
      return at.name;
    }
  }
}
