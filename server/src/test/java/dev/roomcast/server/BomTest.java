package dev.roomcast.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The BOM has no parent, so nothing but this keeps it in step with the reactor. */
final class BomTest {
  private static final List<String> NOT_PUBLISHED =
      List.of("bom", "testkit-redis", "benchmarks", "examples");

  @Test
  void listsEveryPublishedModuleInTheReactorsVersion() throws Exception {
    Document reactor = parse("../pom.xml");
    Document bom = parse("../bom/pom.xml");
    String version = texts(reactor, "version").getFirst();

    List<String> published =
        texts(reactor, "module").stream()
            .filter(module -> !NOT_PUBLISHED.contains(module))
            .map(module -> "roomcast-" + module)
            .toList();
    List<String> listed = texts(bom, "artifactId");

    assertThat(listed.subList(1, listed.size())).containsExactlyInAnyOrderElementsOf(published);
    assertThat(texts(bom, "version")).containsOnly(version);
  }

  private static Document parse(String pom) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File(pom));
  }

  private static List<String> texts(Document pom, String element) {
    NodeList nodes = pom.getElementsByTagName(element);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(index -> nodes.item(index).getTextContent())
        .toList();
  }
}
