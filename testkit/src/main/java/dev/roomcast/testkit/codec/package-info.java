/**
 * The contract of the codec port, one abstract class for each of its three interfaces.
 *
 * <p>A codec's own contract tests extend them and say with one method which codec is meant; each
 * test's name begins with the rule of the port's javadoc that it checks.
 */
@NullMarked
package dev.roomcast.testkit.codec;

import org.jspecify.annotations.NullMarked;
