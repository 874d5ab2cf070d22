/**
 * The cipher port's twin without cryptography, and the contract suite that every implementation
 * must pass.
 *
 * <p>{@link dev.roomcast.testkit.cipher.FakeEncryption} hides plaintext from assertions, not from
 * anybody else; {@link dev.roomcast.testkit.cipher.P256Client} is a client of the real encryption.
 */
@NullMarked
package dev.roomcast.testkit.cipher;

import org.jspecify.annotations.NullMarked;
