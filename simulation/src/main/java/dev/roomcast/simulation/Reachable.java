package dev.roomcast.simulation;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the objects that a server of ours holds, collections included, to see that it keeps
 * nothing of a client that is gone, also where no look-up would show it.
 */
final class Reachable {
  private static final String OURS = "dev.roomcast.core.";

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> open = new ArrayDeque<>();

  private Reachable(Object root) {
    add(root);
  }

  /** How many objects of a class of that simple name are held. */
  static long count(Object root, String simpleName) {
    Reachable reachable = new Reachable(root);
    for (Object next = reachable.open.poll(); next != null; next = reachable.open.poll()) {
      reachable.expand(next);
    }
    return reachable.seen.stream()
        .filter(one -> one.getClass().getSimpleName().equals(simpleName))
        .count();
  }

  private void add(@Nullable Object object) {
    if (object != null && seen.add(object)) {
      open.add(object);
    }
  }

  private void expand(Object object) {
    switch (object) {
      case Map<?, ?> map -> {
        map.keySet().forEach(this::add);
        map.values().forEach(this::add);
      }
      case Iterable<?> elements -> elements.forEach(this::add);
      case Optional<?> value -> value.ifPresent(this::add);
      case AtomicReference<?> value -> add(value.get());
      default -> {
        if (object.getClass().isArray() && !object.getClass().getComponentType().isPrimitive()) {
          for (int i = 0; i < Array.getLength(object); i++) {
            add(Array.get(object, i));
          }
        } else if (object.getClass().getName().startsWith(OURS)) {
          addFields(object);
        }
      }
    }
  }

  private void addFields(Object object) {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())
            && !field.getType().isPrimitive()
            && field.trySetAccessible()) {
          try {
            add(field.get(object));
          } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
          }
        }
      }
    }
  }
}
