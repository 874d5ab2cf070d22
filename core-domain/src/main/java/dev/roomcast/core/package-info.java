/**
 * The framework itself, as an application sees it: the server of rooms, its audiences, clients and
 * options. There is no I/O, no JSON library and no clock in here; all of that comes through the
 * ports.
 */
@NullMarked
package dev.roomcast.core;

import org.jspecify.annotations.NullMarked;
