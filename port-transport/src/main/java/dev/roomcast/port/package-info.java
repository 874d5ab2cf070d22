/**
 * The ports of Roomcast: what the core asks of a transport, a bus, a codec, a cipher, of time and
 * of randomness. Interfaces, records and sealed types on the JDK alone; no library's type appears
 * here.
 */
@NullMarked
package dev.roomcast.port;

import org.jspecify.annotations.NullMarked;
