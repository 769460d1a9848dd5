package dev.countersign.cli.conformance;

import dev.countersign.protocol.json.JsonObject;
import java.util.List;

/** The suite's configuration of a plan that tests the server. */
final class ServerPlan {
  private static final String TEST = "fapi2-security-profile-final-";

  private final Variant variant;
  private final Kit kit;

  ServerPlan(Variant variant, Kit kit) {
    this.variant = variant;
    this.kit = kit;
  }

  JsonObject json() {
    Addresses at = kit.addresses();
    JsonObject.Builder plan =
        JsonObject.builder()
            .put("alias", at.alias())
            .put("description", "Countersign, " + variant.name())
            .put("server", JsonObject.builder().put("discoveryUrl", discoveryUrl()).build())
            .put("client", client(kit.first()))
            .put("client2", client(kit.second()));
    if (variant.needsCertificate()) {
      plan.put("mtls", certificate(kit.first())).put("mtls2", certificate(kit.second()));
    }
    plan.put("resource", resource());
    if (variant.flow() != Variant.Flow.CLIENT_CREDENTIALS) {
      BrowserSteps steps = new BrowserSteps(at, kit.password());
      plan.put("browser", steps.allow())
          .put(
              "override",
              JsonObject.builder()
                  .put(TEST + "user-rejects-authentication", browser(steps.cancel()))
                  .put(
                      TEST + "par-ensure-reused-request-uri-prior-to-auth-completion-succeeds",
                      browser(steps.lookFirst()))
                  .build());
    }
    return plan.build();
  }

  private JsonObject resource() {
    Addresses at = kit.addresses();
    JsonObject.Builder json = JsonObject.builder().put("resourceUrl", at.resource().toString());
    if (variant.hasDetails()) {
      json.put("richAuthorizationRequest", List.of(Details.at(at.api())));
    }
    return json.build();
  }

  /** Plain OAuth has the metadata of RFC 8414. */
  private String discoveryUrl() {
    return variant.isOpenIdConnect()
        ? kit.addresses().issuer().openIdConfiguration().toString()
        : kit.addresses().issuer().value() + "/.well-known/oauth-authorization-server";
  }

  private JsonObject client(SuiteClient client) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("client_id", client.id())
            .put("scope", variant.scope())
            .put("jwks", client.privateJwks());
    if (variant.constraint() == Variant.Constraint.DPOP) {
      json.put("dpop_signing_alg", "ES256");
    }
    return json.build();
  }

  private JsonObject certificate(SuiteClient client) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("cert", client.credential().certificatePem())
            .put("key", client.credential().keyPem());
    if (!client.selfSigned()) {
      json.put("ca", kit.authority().certificatePem());
    }
    return json.build();
  }

  private static JsonObject browser(List<JsonObject> visits) {
    return JsonObject.builder().put("browser", visits).build();
  }
}
