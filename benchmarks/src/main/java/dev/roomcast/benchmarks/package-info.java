/** Measurements of the hot paths with JMH, and of whole servers. Nothing in here is published. */
@NullMarked
package dev.roomcast.benchmarks;

import org.jspecify.annotations.NullMarked;
