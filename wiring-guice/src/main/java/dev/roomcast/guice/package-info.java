/**
 * The composition of a server with Guice, for applications that use it. Everything in here can be
 * done with plain constructors as well.
 */
@NullMarked
package dev.roomcast.guice;

import org.jspecify.annotations.NullMarked;
