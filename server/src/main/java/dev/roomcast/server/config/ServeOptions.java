package dev.roomcast.server.config;

import java.util.List;

/** Every option of {@code serve}, in the order of the help. What is no option here is none. */
final class ServeOptions {
  static final List<Section> SECTIONS =
      List.of(
          ListenSection.SECTION,
          TlsSection.SECTION,
          AccessSection.SECTION,
          EncryptionSection.SECTION,
          SessionSection.SECTION,
          ConnectionSection.SECTION,
          LimitSection.SECTION,
          ClusterSection.SECTION,
          OperationSection.SECTION);

  private ServeOptions() {}
}
