package dev.countersign.cli.conformance;

import dev.countersign.protocol.json.JsonObject;
import java.util.List;

/** The suite's configuration of a plan that tests the client library. */
final class ClientPlan {
  private final Variant variant;
  private final Kit kit;

  ClientPlan(Variant variant, Kit kit) {
    this.variant = variant;
    this.kit = kit;
  }

  JsonObject json() {
    JsonObject.Builder plan =
        JsonObject.builder()
            .put("alias", kit.addresses().alias())
            .put("description", "Countersign's client, " + variant.name())
            .put("server", JsonObject.builder().put("jwks", suiteKeys()).build())
            .put("client", client(kit.first()))
            .put("client2", client(kit.second()));
    if (variant.hasDetails()) {
      plan.put(
          "resource",
          JsonObject.builder()
              .put("authorization_details_types_supported", List.of(Details.TYPE))
              .build());
    }
    return plan.build();
  }

  private JsonObject suiteKeys() {
    return JsonObject.builder().put("keys", List.of(kit.suiteKey().toPrivateJwk())).build();
  }

  private JsonObject client(SuiteClient client) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("client_id", client.id())
            .put("scope", variant.scope())
            .put("redirect_uri", kit.addresses().clientCallback().value())
            .put("jwks", client.publicJwks());
    if (variant.needsCertificate()) {
      json.put("certificate", client.credential().certificatePem());
    }
    return json.build();
  }
}
