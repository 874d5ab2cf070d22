package dev.roomcast.wire.internal;

import dev.roomcast.port.transport.CloseStatus;
import org.jspecify.annotations.Nullable;

/**
 * How far a connection's closing has come (RFC 6455 section 7.1). Input that was never read
 * destroys what was sent when its socket is closed, so after our close the peer's is waited for.
 * Pure.
 *
 * <pre>
 *   open --begin--> closing --peerDone, and all is written--> ending --the pipe is gone--> ended
 *     |                |                                                                     ^
 *     +----------------+------------------------ abort, a broken pipe -----------------------+
 * </pre>
 */
public final class CloseHandshake {
  private @Nullable CloseStatus status;
  private boolean peerDone;
  private boolean ending;
  private boolean ended;

  /**
   * A close begins; the first one wins.
   *
   * @param first what the listener is told at the end
   */
  public void begin(CloseStatus first) {
    if (status == null) {
      status = first;
    }
  }

  /** Whether a close was begun or the connection is gone: nothing is sent or delivered. */
  public boolean begun() {
    return status != null || ended;
  }

  /** The peer has sent its close, or will send nothing more. */
  public void peerDone() {
    peerDone = true;
  }

  /**
   * Whether the socket may be closed now; true once.
   *
   * @param written whether everything queued was written
   */
  public boolean mayEnd(boolean written) {
    if (status == null || !peerDone || !written || ending || ended) {
      return false;
    }
    ending = true;
    return true;
  }

  /** The connection is gone or given up. */
  public void end() {
    ended = true;
  }

  public boolean ended() {
    return ended;
  }

  /** What the listener is told; 1006 if nobody began a close. */
  public CloseStatus status() {
    return status == null ? CloseStatus.ABNORMAL : status;
  }
}
