/**
 * The built-in encryption: keys by ECDH on P-256 and HKDF-SHA-256, messages by AES-256-GCM.
 *
 * <p>Begin with {@link dev.roomcast.ecdh.EcdhEncryption#create()}; what it protects and what not is
 * in {@code docs/security.md}.
 */
@NullMarked
package dev.roomcast.ecdh;

import org.jspecify.annotations.NullMarked;
