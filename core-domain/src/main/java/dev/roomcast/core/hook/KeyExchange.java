package dev.roomcast.core.hook;

/**
 * What a client needs to derive the key, sent in {@code connected}.
 *
 * @param serverPublicKey not empty
 * @param salt not empty
 */
public record KeyExchange(String serverPublicKey, String salt) {}
