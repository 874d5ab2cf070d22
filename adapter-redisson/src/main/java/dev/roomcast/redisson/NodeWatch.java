package dev.roomcast.redisson;

import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.redisson.api.NodeType;
import org.redisson.connection.ConnectionListener;

/** Tells when a connection to a server of Redis is lost or comes back; sentinels do not count. */
final class NodeWatch implements ConnectionListener {
  private volatile Consumer<Boolean> told;
  private volatile boolean lost;

  NodeWatch(Consumer<Boolean> told) {
    this.told = told;
  }

  /** Whom to tell from now on; also what was lost before. */
  void tell(Consumer<Boolean> whom) {
    told = whom;
    if (lost) {
      whom.accept(false);
    }
  }

  @Override
  public void onConnect(InetSocketAddress address, NodeType type) {
    if (type != NodeType.SENTINEL) {
      told.accept(true);
    }
  }

  @Override
  public void onDisconnect(InetSocketAddress address, NodeType type) {
    if (type != NodeType.SENTINEL) {
      lost = true;
      told.accept(false);
    }
  }

  // Deprecated by Redisson, which calls the two above.
  @Override
  @SuppressWarnings("deprecation")
  public void onConnect(InetSocketAddress address) {}

  @Override
  @SuppressWarnings("deprecation")
  public void onDisconnect(InetSocketAddress address) {}
}
