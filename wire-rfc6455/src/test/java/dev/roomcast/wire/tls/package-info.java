/** Tests of certificates that come from files. The files are made anew for each run. */
@NullMarked
package dev.roomcast.wire.tls;

import org.jspecify.annotations.NullMarked;
