/**
 * The cipher port: agreeing on a key with a client, and encrypting what travels under it.
 *
 * <p>The core decides when; an implementation knows the curve, the derivation and the cipher.
 */
@NullMarked
package dev.roomcast.port.cipher;

import org.jspecify.annotations.NullMarked;
