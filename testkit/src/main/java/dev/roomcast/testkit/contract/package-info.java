/**
 * Proof that a contract suite notices what it is for.
 *
 * <p>Write an adapter that breaks one rule, and have the suite catch it.
 */
@NullMarked
package dev.roomcast.testkit.contract;

import org.jspecify.annotations.NullMarked;
