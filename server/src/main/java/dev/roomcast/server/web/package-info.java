/**
 * What the runnable server answers over plain HTTP: the page, health, counters.
 *
 * <p>Everything is in memory before the first request comes.
 */
@NullMarked
package dev.roomcast.server.web;

import org.jspecify.annotations.NullMarked;
