package dev.countersign.protocol.httpsig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.requirement.Requirement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDigestTest {

  /** RFC 9530 appendix B.1: content with its line end, and its digest. */
  private static final byte[] HELLO = "{\"hello\": \"world\"}\n".getBytes(UTF_8);

  private static final String HELLO_256 = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:";

  /** RFC 9421 appendix B.2: the content of the test request, and its digest. */
  private static final byte[] WORLD = "{\"hello\": \"world\"}".getBytes(UTF_8);

  private static final String WORLD_512 =
      "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew"
          + "==:";

  private static final String WORLD_256 = "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:";

  @Test
  @Requirement("SIG-10")
  void createsTheDigestsOfTheSpecifications() {
    assertThat(ContentDigest.of(HELLO).toHeader()).isEqualTo(HELLO_256);
    assertThat(ContentDigest.of(WORLD, DigestAlgorithm.SHA_512).toHeader()).isEqualTo(WORLD_512);
    assertThat(ContentDigest.of(WORLD, DigestAlgorithm.SHA_256, DigestAlgorithm.SHA_512).toHeader())
        .isEqualTo(WORLD_256 + ", " + WORLD_512);
  }

  @Test
  @Requirement("SIG-10")
  void noBytesHaveADigest() throws Exception {
    String empty = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";

    assertThat(ContentDigest.of(new byte[0]).toHeader()).isEqualTo(empty);
    assertThat(verify(new byte[0], empty).bytes()).isEmpty();
    assertRefused(new byte[1], empty);
  }

  @Test
  @Requirement("SIG-10")
  void verifiesWhatItCreated() throws Exception {
    assertThat(verify(WORLD, WORLD_256).bytes()).isEqualTo(WORLD);
    assertThat(verify(WORLD, WORLD_512).bytes()).isEqualTo(WORLD);
    assertThat(verify(WORLD, WORLD_512, WORLD_256).bytes()).isEqualTo(WORLD);
  }

  @Test
  @Requirement({"SIG-10", "ATT-66"})
  void refusesChangedContent() {
    byte[] changed = WORLD.clone();
    changed[2] ^= 1;

    assertRefused(changed, WORLD_256);
    assertRefused(changed, WORLD_512);
    assertRefused(HELLO, WORLD_256);
    assertRefused(new byte[0], WORLD_256);
  }

  @Test
  @Requirement({"ATT-66", "S-09"})
  void refusesTwoDigestsOfWhichOneIsWrong() {
    assertRefused(WORLD, HELLO_256, WORLD_512);
    assertRefused(HELLO, HELLO_256, WORLD_512);
    assertRefused(WORLD, WORLD_512 + ", " + HELLO_256);
  }

  @Test
  @Requirement("ATT-66")
  void refusesAnAlgorithmTwice() {
    assertRefused(WORLD, HELLO_256, WORLD_256);
    assertRefused(WORLD, WORLD_256, WORLD_256);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "md5=:+/nYyO7aoxNbMWrJVpKwlA==:",
        "sha=:AAAAAAAAAAAAAAAAAAAAAAAAAAA=:",
        "unixsum=:ZmU=:",
        "unixcksum=:ZmU=:",
        "adler=:ZmU=:",
        "crc32c=:ZmU=:",
        "sha-384=:ZmU=:",
        "SHA-256=:ZmU=:",
        "md5=:ZmU=:, crc32c=:ZmU=:"
      })
  @Requirement({"SIG-10", "ATT-66"})
  void refusesAlgorithmsThatAreNotActive(String header) {
    assertRefused(WORLD, header);
  }

  @Test
  @Requirement("ATT-66")
  void doesNotAskAnAlgorithmThatIsNotActiveBesideOneThatIs() throws Exception {
    assertThat(verify(WORLD, "md5=:ZmU=:, " + WORLD_256).bytes()).isEqualTo(WORLD);
    assertRefused(WORLD, "md5=:ZmU=:, " + HELLO_256);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha-256",
        "sha-256=",
        "sha-256=::",
        "sha-256=\"X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=\"",
        "sha-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=",
        "sha-256=(:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:)",
        "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBA==:",
        "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPEA:",
        "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:,"
      })
  @Requirement("SIG-10")
  void refusesWhatIsNoDigest(String header) {
    assertRefused(WORLD, header);
  }

  @Test
  @Requirement("SIG-10")
  void refusesAMissingField() {
    assertThatThrownBy(() -> ContentDigest.parse(List.of()))
        .isInstanceOf(InvalidHttpSignatureException.class);
  }

  @Test
  @Requirement({"SIG-10", "ATT-66"})
  void digestsCompressedContentAsItIsSent() throws Exception {
    byte[] zipped = gzip(WORLD);
    String header = ContentDigest.of(zipped).toHeader();

    assertThat(verify(zipped, header).bytes()).isEqualTo(zipped);
    assertRefused(WORLD, header);
    assertRefused(zipped, WORLD_256);
  }

  @Test
  void whatWasVerifiedCannotBeChanged() throws Exception {
    byte[] content = WORLD.clone();
    VerifiedContent verified = verify(content, WORLD_256);

    content[0] = 'x';
    verified.bytes()[1] = 'x';

    assertThat(verified.bytes()).isEqualTo(WORLD);
    assertThat(verified).hasToString("VerifiedContent");
    assertThat(ContentDigest.of(WORLD)).hasToString("ContentDigest[SHA_256]");
  }

  private static VerifiedContent verify(byte[] content, String... lines)
      throws InvalidHttpSignatureException {
    return ContentDigest.parse(List.of(lines)).verify(content);
  }

  private static void assertRefused(byte[] content, String... lines) {
    assertThatThrownBy(() -> verify(content, lines))
        .isInstanceOfSatisfying(
            InvalidHttpSignatureException.class,
            refused -> {
              assertThat(refused.rule()).hasToString("SIG-10");
              assertThat(refused.reason()).startsWith("Content-Digest");
            });
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(content);
    }
    return bytes.toByteArray();
  }
}
