/**
 * Ids that are the same in every run.
 *
 * <p>They have the form of those in production, so that code which checks the form accepts them.
 */
@NullMarked
package dev.roomcast.testkit.id;

import org.jspecify.annotations.NullMarked;
