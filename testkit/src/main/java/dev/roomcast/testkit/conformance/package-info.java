/**
 * Cases of RFC 6455 that speak raw bytes to a transport over real sockets. A transport's own test
 * extends {@link dev.roomcast.testkit.conformance.ConformanceContract}.
 */
@NullMarked
package dev.roomcast.testkit.conformance;

import org.jspecify.annotations.NullMarked;
