package dev.countersign.attacker.recipe.registration;

import dev.countersign.protocol.json.JsonObject;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Values of client metadata that no FAPI server may register as they are. */
final class BadMetadata {
  private static final int WEAK_BYTES = 128;

  private final List<Bad> all = new ArrayList<>();

  private BadMetadata() {}

  /**
   * A value that must be refused or replaced.
   *
   * @param what what is wrong, in words
   * @param member the member
   * @param value the value, as JSON has it
   * @param rule the requirement that forbids it
   * @param must whether a client that is registered so is an attack that succeeded
   */
  record Bad(String what, String member, Object value, String rule, boolean must) {}

  /** All of them. */
  static List<Bad> all(SecureRandom random) {
    BadMetadata bad = new BadMetadata();
    bad.redirects();
    bad.authentication();
    bad.algorithms();
    bad.grants();
    bad.addresses();
    bad.keys(random);
    return List.copyOf(bad.all);
  }

  private void must(String member, String rule, Object value) {
    all.add(new Bad(member + " " + value, member, value, rule, true));
  }

  private void odd(String member, String rule, Object value) {
    all.add(new Bad(member + " " + value, member, value, rule, false));
  }

  private void redirects() {
    String rule = "SP-5.3.2.2-8";
    for (String uri :
        List.of(
            "javascript:countersign()",
            "data:text/html,countersign",
            "vbscript:countersign",
            "file:///etc/passwd",
            "http://client.example/callback")) {
      must(Registrar.REDIRECTS, rule, List.of(uri));
      must(Registrar.REDIRECTS, rule, List.of("https://client.example/callback", uri));
    }
    for (String uri :
        List.of(
            "https://client.example/callback#fragment",
            "https://*.example/callback",
            "https://user@client.example/callback",
            "https:///callback",
            "/callback",
            "")) {
      odd(Registrar.REDIRECTS, "DC-2", List.of(uri));
    }
    odd(Registrar.REDIRECTS, "DC-2", "https://client.example/callback");
    odd(Registrar.REDIRECTS, "DC-2", List.of(7L));
  }

  private void authentication() {
    for (String method :
        List.of("none", "client_secret_basic", "client_secret_post", "client_secret_jwt")) {
      must(Registrar.METHOD, "DC-5", method);
    }
    odd(Registrar.METHOD, "DC-2", "countersign_unknown");
  }

  private void algorithms() {
    for (String member :
        List.of(
            "token_endpoint_auth_signing_alg",
            "request_object_signing_alg",
            "id_token_signed_response_alg",
            "authorization_signed_response_alg")) {
      must(member, "DC-5", "none");
      must(member, "DC-5", "HS256");
      must(member, "DC-5", "RS256");
    }
  }

  private void grants() {
    must("grant_types", "DC-5", List.of("implicit"));
    must("grant_types", "DC-5", List.of("authorization_code", "password"));
    must("response_types", "SP-5.3.2.2-1", List.of("token"));
    must("response_types", "SP-5.3.2.2-1", List.of("code id_token"));
  }

  /** What a page would link to. */
  private void addresses() {
    for (String member : List.of("client_uri", "logo_uri", "policy_uri", "tos_uri")) {
      must(member, "DC-3", "javascript:countersign()");
      must(member, "DC-3", "data:text/html,<script>countersign()</script>");
    }
  }

  private void keys(SecureRandom random) {
    JsonObject secret =
        JsonObject.builder()
            .put("kty", "oct")
            .put("k", "Y291bnRlcnNpZ24")
            .put("alg", "HS256")
            .build();
    all.add(new Bad("a symmetric key in jwks", "jwks", set(secret), "DC-5", true));
    byte[] modulus = new byte[WEAK_BYTES];
    random.nextBytes(modulus);
    modulus[0] |= (byte) 0x80;
    modulus[WEAK_BYTES - 1] |= 1;
    JsonObject weak =
        JsonObject.builder()
            .put("kty", "RSA")
            .put("n", Base64.getUrlEncoder().withoutPadding().encodeToString(modulus))
            .put("e", "AQAB")
            .build();
    all.add(new Bad("an RSA key of 1024 bits in jwks", "jwks", set(weak), "DC-5", true));
    all.add(new Bad("jwks without a key", "jwks", set(), "DC-5", false));
    all.add(new Bad("jwks that are a text", "jwks", "text", "DC-2", false));
  }

  private static JsonObject set(JsonObject... keys) {
    return JsonObject.builder().put("keys", List.of(keys)).build();
  }
}
