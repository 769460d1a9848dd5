package dev.countersign.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ZipIT {
  private static final Path ROOT = Path.of(System.getProperty("countersign.root"));

  @BeforeEach
  void needsTheZip() {
    Download.assumeMade();
  }

  @Test
  void hasOneFolderWithAllThatIsPromised() throws Exception {
    assertThat(names()).allMatch(name -> name.startsWith(Download.FOLDER + "/"));
    assertThat(names())
        .contains(
            Download.FOLDER + "/bin/countersign",
            Download.FOLDER + "/README.txt",
            Download.FOLDER + "/LICENSE",
            Download.FOLDER + "/THIRD-PARTY.txt",
            Download.FOLDER + "/sbom.cdx.json",
            Download.FOLDER + "/countersign.service",
            Download.FOLDER + "/Containerfile",
            Download.FOLDER + "/docs/installation.md",
            Download.FOLDER + "/docs/examples/countersign.yaml");
  }

  @Test
  void holdsNothingThatDependsOnWhenAndWhereItWasMade() throws Exception {
    try (ZipFile zip = new ZipFile(Download.ZIP.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getTimeLocal).distinct()).hasSize(1);
      for (String folder : List.of("lib", "bin")) {
        assertThat(filesIn(folder)).isNotEmpty().isSorted();
      }
    }
    try (FileSystem zip = Download.open();
        Stream<Path> all = Files.walk(zip.getPath("/" + Download.FOLDER))) {
      for (Path file : all.toList()) {
        boolean run = Files.isDirectory(file) || file.endsWith("bin/countersign");
        assertThat(PosixFilePermissions.toString(Download.mode(file)))
            .as(file.toString())
            .isEqualTo(run ? "rwxr-xr-x" : "rw-r--r--");
      }
    }
  }

  @Test
  void isConfirmedByItsChecksum() throws Exception {
    Path sum = Download.ZIP.resolveSibling(Download.ZIP.getFileName() + ".sha256");
    assertThat(Files.readString(sum).strip())
        .isEqualTo(sha256(Files.readAllBytes(Download.ZIP)) + "  " + Download.ZIP.getFileName());
  }

  @Test
  void listsEachJarAndNoOtherInTheBillOfMaterials() throws Exception {
    Map<String, String> listed = new TreeMap<>();
    for (JsonObject component : components()) {
      listed.put(fileName(component), digest(component));
    }
    Map<String, String> there = new TreeMap<>();
    for (String name : filesIn("lib")) {
      there.put(name, sha256(bytes("lib/" + name)));
    }
    assertThat(listed).isEqualTo(there);
    assertThat(there.keySet()).contains("countersign-cli-" + Download.VERSION + ".jar");
    assertThat(there.keySet()).noneMatch(name -> name.matches(".*(junit|assertj|testkit).*"));
  }

  @Test
  void isTheSameBillOfMaterialsInEachBuild() throws Exception {
    assertThat(bytes("sbom.cdx.json"))
        .isEqualTo(Files.readAllBytes(Path.of(System.getProperty("countersign.bom"))));
    assertThat(bom().string("serialNumber")).isEmpty();
    assertThat(bom().object("metadata").orElseThrow().string("timestamp")).isEmpty();
  }

  @Test
  void namesTheLicenceOfEachLibraryOfOthers() throws Exception {
    String list = new String(bytes("THIRD-PARTY.txt"), StandardCharsets.UTF_8);
    for (JsonObject component : components()) {
      String group = component.string("group").orElseThrow();
      String line = group + ":" + component.string("name").orElseThrow() + " ";
      if (!group.equals("dev.countersign")) {
        assertThat(list).containsPattern("(?m)^" + Pattern.quote(line) + ".*\n  \\S");
      }
    }
  }

  @Test
  void bringsTheJarsThatTheSourcesLauncherRuns() throws Exception {
    assertThat(filesIn("lib")).isEqualTo(Installed.names(ROOT.resolve("cli/target/lib")));
  }

  private static JsonObject bom() throws Exception {
    return JsonObject.parse(bytes("sbom.cdx.json"), new JsonLimits(4 * 1024 * 1024, 16));
  }

  private static List<JsonObject> components() throws Exception {
    return bom().objects("components").orElseThrow();
  }

  /** The name that Maven gives the file of a component: name, version, and classifier if any. */
  private static String fileName(JsonObject component) throws Exception {
    String purl = component.string("purl").orElseThrow();
    String classifier =
        purl.contains("classifier=") ? "-" + purl.replaceAll(".*classifier=([^&]*).*", "$1") : "";
    return component.string("name").orElseThrow()
        + "-"
        + component.string("version").orElseThrow()
        + classifier
        + ".jar";
  }

  private static String digest(JsonObject component) throws Exception {
    for (JsonObject hash : component.objects("hashes").orElseThrow()) {
      if (hash.string("alg").orElseThrow().equals("SHA-256")) {
        return hash.string("content").orElseThrow();
      }
    }
    throw new AssertionError("no SHA-256 of " + component.toJson());
  }

  private static List<String> filesIn(String folder) throws Exception {
    String start = Download.FOLDER + "/" + folder + "/";
    return names().stream()
        .filter(name -> name.startsWith(start) && !name.equals(start))
        .map(name -> name.substring(start.length()))
        .toList();
  }

  private static List<String> names() throws Exception {
    try (ZipFile zip = new ZipFile(Download.ZIP.toFile())) {
      return Collections.list(zip.entries()).stream().map(ZipEntry::getName).toList();
    }
  }

  private static byte[] bytes(String name) throws Exception {
    try (ZipFile zip = new ZipFile(Download.ZIP.toFile())) {
      return zip.getInputStream(zip.getEntry(Download.FOLDER + "/" + name)).readAllBytes();
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
