package dev.countersign.cli.conformance;

import dev.countersign.cli.init.NewFile;
import dev.countersign.protocol.json.JsonObject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is to be written. Making it writes nothing.
 *
 * @param contents the files by the name of their folder; the empty name is the root
 */
public record Folders(Map<String, List<NewFile>> contents) {
  /** The name of the server's configuration in its folder. */
  public static final String CONFIG = "countersign.yaml";

  /** Where a person begins. */
  public static final String README = "README.md";

  /** The name of the suite's configuration of a plan. */
  public static final String PLAN = "plan.json";

  /** The name of the plan's parameters, for the suite's REST interface. */
  static final String PARAMETERS = "parameters.json";

  /** What {@code conformance-client} is started with. */
  public static final String ARGUMENTS = "arguments";

  /** Which plan of which suite a client's folder is for. */
  public static final String RUN = "run.json";

  static final String DETAILS = "authorization-details.json";
  static final String CLIENT_KEY = "client.private.jwk.json";
  static final String CLIENT_CERTIFICATE = "client.pem";
  static final String CLIENT_CERTIFICATE_KEY = "client-key.pem";

  /** Copies the map. */
  public Folders {
    contents = Collections.unmodifiableMap(new LinkedHashMap<>(contents));
  }

  /** Fresh ones, with keys of their own. */
  public static Folders create(Addresses addresses, Instant now, SecureRandom random) {
    Kit kit = Kit.create(addresses, now, random);
    Map<String, List<NewFile>> contents = new LinkedHashMap<>();
    contents.put(
        "", List.of(new NewFile(README, false, new Instructions(kit).text(), "what to do")));
    for (Variant variant : Variant.all()) {
      contents.put("server/" + variant.name(), server(variant, kit));
    }
    for (Variant variant : Variant.all()) {
      contents.put("client/" + variant.name(), client(variant, kit));
    }
    return new Folders(contents);
  }

  private static List<NewFile> server(Variant variant, Kit kit) {
    return List.of(
        secret(ServerYaml.KEY, kit.server().keyPem(), "the server's private key"),
        open(ServerYaml.CERTIFICATE, kit.server().certificatePem(), "the server's certificate"),
        open(
            ServerYaml.AUTHORITY,
            kit.authority().certificatePem(),
            "who signed the certificate of the first client"),
        secret(PLAN, json(new ServerPlan(variant, kit).json()), "the plan, for the suite"),
        open(PARAMETERS, json(variant.serverParameters()), "the parameters of the plan"),
        secret(CONFIG, new ServerYaml(variant, kit).text(), "the server's configuration"));
  }

  private static List<NewFile> client(Variant variant, Kit kit) {
    List<NewFile> files = new ArrayList<>();
    files.add(secret(PLAN, json(new ClientPlan(variant, kit).json()), "the plan, for the suite"));
    files.add(open(RUN, json(run(variant, kit.addresses())), "which plan it is"));
    files.add(
        secret(
            CLIENT_KEY, json(kit.first().key().toPrivateJwk()), "the client's private key (JWK)"));
    files.add(
        open(ARGUMENTS, new ClientArguments(variant, kit).text(), "how the client is started"));
    if (variant.hasDetails()) {
      String details = "[" + Details.anywhere().toJson() + "]\n";
      files.add(open(DETAILS, details, "what it asks for beside the scope"));
    }
    if (variant.needsCertificate()) {
      Credential credential = kit.first().credential();
      files.add(open(CLIENT_CERTIFICATE, credential.certificatePem(), "its certificate"));
      files.add(secret(CLIENT_CERTIFICATE_KEY, credential.keyPem(), "the private key to it"));
    }
    return files;
  }

  private static JsonObject run(Variant variant, Addresses addresses) {
    return JsonObject.builder()
        .put("suite", addresses.suite().toString())
        .put("plan", variant.clientPlanName())
        .put("variant", variant.clientParameters())
        .build();
  }

  private static NewFile secret(String name, String content, String about) {
    return new NewFile(name, true, content, about);
  }

  private static NewFile open(String name, String content, String about) {
    return new NewFile(name, false, content, about);
  }

  private static String json(JsonObject object) {
    return object.toIndentedJson() + "\n";
  }

  /** The names of the folders: the content is secret. */
  @Override
  public String toString() {
    return "Folders" + contents.keySet();
  }
}
