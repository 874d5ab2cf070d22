/**
 * What a test of Roomcast stands on: a contract suite for each port, virtual time and in-memory
 * twins of the ports. It knows the ports alone, so that the tests of the core can use it.
 */
@NullMarked
package dev.roomcast.testkit;

import org.jspecify.annotations.NullMarked;
