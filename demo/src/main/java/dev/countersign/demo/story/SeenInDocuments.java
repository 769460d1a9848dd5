package dev.countersign.demo.story;

import dev.countersign.protocol.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must be seen in the documents that the authorization server publishes. */
final class SeenInDocuments {
  private static final Set<String> ALGORITHMS = Set.of("PS256", "ES256", "EdDSA", "Ed25519");
  private static final Set<String> PRIVATE_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "k");

  private SeenInDocuments() {}

  static List<Observation> metadata() {
    return List.of(
        Observation.of(
            "SP-5.3.2.1-1",
            "the metadata is at the issuer's well-known place",
            e ->
                e.exchange().url().equals(e.issuer().openIdConfiguration())
                    || e.exchange().url().equals(e.issuer().oauthMetadata())),
        Observation.of(
            "SP-5.3.3.1-11",
            "issuer is the one it was asked for, character by character",
            e -> Json.text(e.json(), "issuer").filter(e.issuer().value()::equals).isPresent()),
        Observation.of("SP-5.2.1-1", "every endpoint is https", e -> everyUrlIsHttps(e.json())),
        Observation.of(
            "PKCE-4",
            "S256 is the only code challenge method",
            e -> Json.texts(e.json(), "code_challenge_methods_supported").equals(List.of("S256"))),
        Observation.of(
            "PAR-12",
            "pushed requests are required",
            e -> Json.isTrue(e.json(), "require_pushed_authorization_requests")),
        Observation.of(
            "OA-8",
            "iss comes with every authorization response",
            e -> Json.isTrue(e.json(), "authorization_response_iss_parameter_supported")),
        Observation.of(
            "SP-5.3.2.1-6",
            "private_key_jwt is the only client authentication",
            e ->
                Json.texts(e.json(), "token_endpoint_auth_methods_supported")
                    .equals(List.of("private_key_jwt"))),
        Observation.of(
            "SP-5.4.1-1.2",
            "only PS256, ES256 and Ed25519 for assertions and proofs",
            e ->
                areOurs(Json.texts(e.json(), "dpop_signing_alg_values_supported"))
                    && areOurs(
                        Json.texts(e.json(), "token_endpoint_auth_signing_alg_values_supported"))));
  }

  static List<Observation> keys() {
    return List.of(
        Observation.of(
            "SP-5.4.2-1",
            "the keys are where the metadata says, over https",
            e ->
                e.exchange().url().getScheme().equals("https")
                    && e.story()
                        .newest(MessageKind.METADATA)
                        .flatMap(metadata -> Json.text(metadata.json(), "jwks_uri"))
                        .filter(e.exchange().url().toString()::equals)
                        .isPresent()),
        Observation.of("SP-5.4.2-3", "no kid stands there twice", e -> kidsDiffer(e.json())),
        Observation.of(
            "SP-5.4.1-1.1",
            "every key is public and names its one algorithm",
            e ->
                Json.objects(e.json(), "keys").stream()
                    .allMatch(
                        key ->
                            key.names().stream().noneMatch(PRIVATE_MEMBERS::contains)
                                && Json.text(key, "alg")
                                    .filter(ALGORITHMS::contains)
                                    .isPresent())));
  }

  /** Of the bank. */
  static List<Observation> bankMetadata() {
    return List.of(
        Observation.of(
            "PR-2",
            "the bank says who it is, and whose tokens it takes",
            e ->
                e.exchange().url().toString().startsWith(resource(e) + "/.well-known/")
                    && Json.texts(e.json(), "authorization_servers")
                        .equals(List.of(e.issuer().value()))));
  }

  /** Of the bank. */
  static List<Observation> bankKeys() {
    return List.of(
        Observation.of(
            "HS-5.3.2.2-1",
            "the keys of answers are where the bank's metadata say",
            e ->
                e.story()
                    .newest(MessageKind.BANK_METADATA)
                    .flatMap(metadata -> Json.text(metadata.json(), "jwks_uri"))
                    .filter(e.exchange().url().toString()::equals)
                    .isPresent()),
        Observation.of("SP-5.4.2-3", "no kid stands there twice", e -> kidsDiffer(e.json())));
  }

  private static String resource(Evidence e) {
    return Json.text(e.json(), "resource").orElse("?");
  }

  private static boolean everyUrlIsHttps(JsonObject metadata) {
    List<String> urls =
        metadata.names().stream()
            .filter(name -> name.endsWith("_endpoint") || name.endsWith("_uri"))
            .map(name -> Json.text(metadata, name).orElse(""))
            .toList();
    return urls.size() >= 4 && urls.stream().allMatch(url -> url.startsWith("https://"));
  }

  private static boolean areOurs(List<String> names) {
    return !names.isEmpty() && ALGORITHMS.containsAll(names);
  }

  private static boolean kidsDiffer(JsonObject jwks) {
    List<String> kids =
        Json.objects(jwks, "keys").stream().map(key -> Json.text(key, "kid").orElse("")).toList();
    return !kids.isEmpty() && !kids.contains("") && new HashSet<>(kids).size() == kids.size();
  }
}
