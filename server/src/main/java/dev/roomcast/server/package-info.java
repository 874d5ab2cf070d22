/**
 * The runnable: command line, configuration, logging, and the composition of the modules into one
 * server. Its tests see every module and hold the architecture.
 */
@NullMarked
package dev.roomcast.server;

import org.jspecify.annotations.NullMarked;
