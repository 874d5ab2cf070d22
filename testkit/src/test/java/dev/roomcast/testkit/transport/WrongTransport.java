package dev.roomcast.testkit.transport;

/** Is right but for what each wrong one overrides. */
class WrongTransport extends DelegatingTransport {
  WrongTransport() {
    super(new BlockingTransport(0));
  }
}
