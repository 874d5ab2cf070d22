package dev.roomcast.core.internal.model;

/**
 * Why a session ends.
 *
 * @param code the close code
 * @param reason the close reason
 */
public record Ending(int code, String reason) {}
