package dev.countersign.cli.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@code conformance-client} is started with for one variant, as a file of arguments that
 * stands in the folder of the variant: one a line, quoted where it holds spaces.
 */
final class ClientArguments {
  private final Variant variant;
  private final Kit kit;

  ClientArguments(Variant variant, Kit kit) {
    this.variant = variant;
    this.kit = kit;
  }

  String text() {
    Addresses at = kit.addresses();
    List<String> arguments = new ArrayList<>();
    arguments.add("--issuer=" + at.suiteIssuer());
    arguments.add("--client-id=" + kit.first().id());
    arguments.add("--auth=" + variant.authentication().value());
    arguments.add("--constrain=" + variant.constraint().value());
    arguments.addAll(
        switch (variant.flow()) {
          case CLIENT_CREDENTIALS -> List.of("--grant=client_credentials");
          case PLAIN_OAUTH -> List.of("--no-openid", redirectUri());
          case OPENID_CONNECT -> List.of("--openid", redirectUri());
        });
    arguments.add("--scope=accounts");
    if (variant.hasDetails()) {
      arguments.add("--authorization-details=" + Folders.DETAILS);
    }
    if (variant.signing().ofRequests()) {
      arguments.add("--signed-requests");
    }
    if (variant.signing().ofResponses()) {
      arguments.add("--signed-responses");
    }
    if (variant.authentication() == Variant.Authentication.PRIVATE_KEY_JWT
        || variant.signing().ofRequests()) {
      arguments.add("--key=" + Folders.CLIENT_KEY);
    }
    if (variant.needsCertificate()) {
      arguments.add("--certificate=" + Folders.CLIENT_CERTIFICATE);
      arguments.add("--certificate-key=" + Folders.CLIENT_CERTIFICATE_KEY);
    }
    arguments.add("--resource=" + at.suiteApi(variant.constraint() == Variant.Constraint.MTLS));
    return String.join("\n", arguments) + "\n";
  }

  private String redirectUri() {
    return "--redirect-uri=" + kit.addresses().clientCallback().value();
  }
}
