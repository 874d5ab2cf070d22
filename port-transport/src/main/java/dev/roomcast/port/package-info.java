/**
 * The ports of Roomcast: what adapters implement and what they call back.
 *
 * <p>Each sub-package is one port; their rules are numbered, and the contract suites of the testkit
 * name the rule that an adapter breaks.
 */
@NullMarked
package dev.roomcast.port;

import org.jspecify.annotations.NullMarked;
