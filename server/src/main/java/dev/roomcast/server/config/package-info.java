/**
 * The configuration of the runnable server, from the command line and the environment.
 *
 * <p>A wrong value is a {@link dev.roomcast.server.config.ConfigException}, which names the option,
 * the value and what is allowed.
 */
@NullMarked
package dev.roomcast.server.config;

import org.jspecify.annotations.NullMarked;
