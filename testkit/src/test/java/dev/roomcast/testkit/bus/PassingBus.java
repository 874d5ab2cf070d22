package dev.roomcast.testkit.bus;

/** On a bus that is right; subclasses break one thing. */
class PassingBus extends DelegatingBus {
  final InMemoryBus right;

  PassingBus(InMemoryBus right) {
    super(right);
    this.right = right;
  }
}
