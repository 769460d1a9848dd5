package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.cli.SuiteServer.Variant;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs {@code conformance-client} against a server that does what a module of the suite does. */
final class SuiteRun {
  static final Variant OPENID = new Variant(false, false, true);
  static final Variant PLAIN = new Variant(false, false, false);

  private static final TestTls CLIENT = TestTls.forHost("client.example");
  private static final SigningKey KEY =
      Jose.jdk().generate(SignatureAlgorithm.PS256, new SecureRandom());
  private static final Set<String> FLAGS =
      Set.of(
          "--openid",
          "--no-openid",
          "--refresh",
          "--json",
          "--signed-requests",
          "--signed-responses");

  private final Path folder;

  private SuiteRun(Path folder) {
    this.folder = folder;
  }

  /** With the client's keys and certificates as files. */
  static SuiteRun in(Path folder) {
    TestTls.LOCALHOST.write(folder);
    try {
      Files.writeString(folder.resolve("key.json"), KEY.toPrivateJwk().toJson());
      Files.writeString(
          folder.resolve("client.pem"),
          TestTls.pem("CERTIFICATE", CLIENT.certificate().getEncoded()));
      Files.writeString(
          folder.resolve("client-key.pem"), TestTls.pem("PRIVATE KEY", CLIENT.key().getEncoded()));
    } catch (IOException | CertificateEncodingException e) {
      throw new AssertionError(e);
    }
    return new SuiteRun(folder);
  }

  SuiteServer suite(Variant variant) {
    return new SuiteServer(variant, JwkSet.of(List.of(KEY.publicJwk())), CLIENT.certificate());
  }

  String file(String name) {
    return folder.resolve(name).toString();
  }

  /** With these options besides, or in place of the usual ones. */
  Ran run(SuiteServer suite, Variant variant, String... more) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--crypto", "jdk");
    options.put("--scope", "accounts");
    options.put("--issuer", suite.issuer.value());
    options.put("--client-id", "client-1");
    options.put("--auth", variant.mtlsAuth() ? "mtls" : "private_key_jwt");
    options.put("--constrain", variant.mtlsBound() ? "mtls" : "dpop");
    options.put(variant.openid() ? "--openid" : "--no-openid", "");
    options.put("--key", file("key.json"));
    options.put("--ca", file("server.pem"));
    options.put("--certificate", file("client.pem"));
    options.put("--certificate-key", file("client-key.pem"));
    options.put("--redirect-uri", "https://client.example/callback?dummy=lorem");
    options.put("--resource", suite.accountsEndpoint().toString());
    for (String option : more) {
      String[] parts = option.split("=", 2);
      options.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    Stream<String> args =
        options.entrySet().stream()
            .map(
                option ->
                    option.getKey()
                        + (FLAGS.contains(option.getKey()) ? "" : "=")
                        + option.getValue());
    return Ran.command(Stream.concat(Stream.of("conformance-client"), args).toArray(String[]::new));
  }

  void comesToItsEnd(Variant variant, Consumer<SuiteServer> module, String... more) {
    try (SuiteServer suite = suite(variant)) {
      module.accept(suite);
      Ran ran = run(suite, variant, more);
      assertThat(ran.exitCode()).as(variant + "\n" + ran.out() + ran.err()).isZero();
      assertThat(ran.out().lines().toList()).last().isEqualTo("success");
      assertThat(suite.called()).contains("accounts");
    }
  }

  /** It stops for this rule, with nothing called after what deceived it. */
  void stops(Variant variant, Consumer<SuiteServer> module, String rule, String... called) {
    stops(variant, module, List.of(), rule, called);
  }

  /** The same with options. */
  void stops(
      Variant variant,
      Consumer<SuiteServer> module,
      List<String> more,
      String rule,
      String... called) {
    try (SuiteServer suite = suite(variant)) {
      module.accept(suite);
      Ran ran = run(suite, variant, more.toArray(String[]::new));
      assertThat(ran.exitCode()).as(ran.out() + ran.err()).isEqualTo(3);
      assertThat(ran.out().lines().toList())
          .last()
          .asString()
          .startsWith("stopped: ")
          .contains(rule);
      assertThat(suite.called()).doesNotContain("accounts", "userinfo");
      assertThat(suite.called().stream().filter(path -> !path.equals("jwks")).distinct())
          .containsExactlyInAnyOrder(called);
    }
  }
}
