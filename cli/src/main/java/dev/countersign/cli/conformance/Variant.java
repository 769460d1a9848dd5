package dev.countersign.cli.conformance;

import dev.countersign.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One way to run a plan of the suite for a server or client of the FAPI 2.0 Security Profile, or of
 * Message Signing.
 *
 * @param authentication how clients authenticate
 * @param constraint how access tokens are bound to them
 * @param flow what tokens are asked for
 * @param request by what they are asked for
 * @param signing which messages are signed
 */
public record Variant(
    Authentication authentication,
    Constraint constraint,
    Flow flow,
    Request request,
    Signing signing) {

  /** How clients authenticate. */
  public enum Authentication {
    /** RFC 7523. */
    PRIVATE_KEY_JWT("private_key_jwt"),
    /** RFC 8705. */
    MTLS("mtls");

    private final String value;

    Authentication(String value) {
      this.value = value;
    }

    /** What the suite calls it. */
    String value() {
      return value;
    }
  }

  /** How access tokens are bound. */
  public enum Constraint {
    /** RFC 9449. */
    DPOP("dpop"),
    /** RFC 8705. */
    MTLS("mtls");

    private final String value;

    Constraint(String value) {
      this.value = value;
    }

    /** What the suite calls it. */
    String value() {
      return value;
    }
  }

  /** What tokens are asked for. */
  public enum Flow {
    /** A person's access without an ID token. */
    PLAIN_OAUTH("plain_oauth"),
    /** The same with one. */
    OPENID_CONNECT("openid_connect"),
    /** The client's own access. */
    CLIENT_CREDENTIALS("client_credentials");

    private final String value;

    Flow(String value) {
      this.value = value;
    }
  }

  /** By what tokens are asked for. */
  public enum Request {
    /** A scope alone. */
    SIMPLE("simple"),
    /** A scope and authorization details (RFC 9396). */
    RAR("rar");

    private final String value;

    Request(String value) {
      this.value = value;
    }
  }

  /** Which messages are signed beside those that always are. */
  public enum Signing {
    /** None: the plan of the Security Profile. */
    NONE("", false, false),
    /** The authorization request. */
    REQUESTS("-signed", true, false),
    /** The authorization response. */
    RESPONSES("-jarm", false, true),
    /** Both. */
    BOTH("-signed-jarm", true, true);

    private final String suffix;
    private final boolean ofRequests;
    private final boolean ofResponses;

    Signing(String suffix, boolean ofRequests, boolean ofResponses) {
      this.suffix = suffix;
      this.ofRequests = ofRequests;
      this.ofResponses = ofResponses;
    }

    /** What the suite calls how requests come. */
    String requestMethod() {
      return ofRequests ? "signed_non_repudiation" : "unsigned";
    }

    /** What the suite calls how responses come. */
    String responseMode() {
      return ofResponses ? "jarm" : "plain_response";
    }

    /** What {@code message_signing} of a client holds. */
    List<String> options() {
      List<String> options = new ArrayList<>();
      if (ofRequests) {
        options.add("requests");
      }
      if (ofResponses) {
        options.add("responses");
      }
      return List.copyOf(options);
    }

    /** Whether authorization requests are signed. */
    public boolean ofRequests() {
      return ofRequests;
    }

    /** Whether authorization responses are signed. */
    public boolean ofResponses() {
      return ofResponses;
    }
  }

  /**
   * Refuses what the suite has not: details, and signatures around the authorization endpoint,
   * without a person.
   */
  public Variant {
    if (flow == Flow.CLIENT_CREDENTIALS && (request == Request.RAR || signing != Signing.NONE)) {
      throw new IllegalArgumentException(
          "Variant must be SIMPLE, and nothing signed, without a person");
    }
  }

  /**
   * All of them: sixteen with a person, half of them with details, each with nothing signed, with
   * requests, with responses and with both; and four without a person.
   */
  public static List<Variant> all() {
    List<Variant> all = new ArrayList<>();
    for (Signing signing : Signing.values()) {
      for (Request request : Request.values()) {
        for (Flow flow : Flow.values()) {
          if (flow != Flow.CLIENT_CREDENTIALS
              || (request == Request.SIMPLE && signing == Signing.NONE)) {
            all.addAll(all(flow, request, signing));
          }
        }
      }
    }
    return List.copyOf(all);
  }

  private static List<Variant> all(Flow flow, Request request, Signing signing) {
    List<Variant> all = new ArrayList<>();
    for (Authentication authentication : Authentication.values()) {
      for (Constraint constraint : Constraint.values()) {
        all.add(new Variant(authentication, constraint, flow, request, signing));
      }
    }
    return all;
  }

  /**
   * A name for a folder: {@code private_key_jwt-dpop-openid_connect}, and after it {@code -rar},
   * and {@code -signed}, {@code -jarm} or {@code -signed-jarm}.
   */
  public String name() {
    String name = String.join("-", authentication.value, constraint.value, flow.value);
    return (hasDetails() ? name + "-" + request.value : name) + signing.suffix;
  }

  /** The suite's plan for servers. */
  String serverPlanName() {
    return "fapi2-" + specification() + "-final-test-plan";
  }

  /** The suite's plan for clients. */
  String clientPlanName() {
    return "fapi2-" + specification() + "-final-client-test-plan";
  }

  private String specification() {
    return isSigned() ? "message-signing" : "security-profile";
  }

  /** Whether it is one of Message Signing. */
  boolean isSigned() {
    return signing != Signing.NONE;
  }

  /** Whether authorization details are asked for. */
  public boolean hasDetails() {
    return request == Request.RAR;
  }

  /** Whether a certificate of the client is needed anywhere. */
  boolean needsCertificate() {
    return authentication == Authentication.MTLS || constraint == Constraint.MTLS;
  }

  /** Whether an ID token is asked for. */
  boolean isOpenIdConnect() {
    return flow == Flow.OPENID_CONNECT;
  }

  /** What the clients ask for. */
  String scope() {
    return isOpenIdConnect() ? "openid accounts" : "accounts";
  }

  /** The parameters of the plan for servers, as the suite's REST interface takes them. */
  JsonObject serverParameters() {
    return json(serverPlan());
  }

  /** The plan for servers with its parameters, as the suite's {@code run-test-plan.py} takes it. */
  String serverExpression() {
    return expression(serverPlanName(), serverPlan());
  }

  /** The parameters of the plan for clients, as the suite's REST interface takes them. */
  JsonObject clientParameters() {
    return json(clientPlan());
  }

  /** The plan for clients with its parameters. */
  String clientExpression() {
    return expression(clientPlanName(), clientPlan());
  }

  private Map<String, String> serverPlan() {
    Map<String, String> parameters = common();
    parameters.put("openid", isOpenIdConnect() ? "openid_connect" : "plain_oauth");
    parameters.put("authorization_request_type", request.value);
    return parameters;
  }

  private Map<String, String> clientPlan() {
    Map<String, String> parameters = common();
    if (flow != Flow.CLIENT_CREDENTIALS) {
      parameters.put("fapi_client_type", isOpenIdConnect() ? "oidc" : "plain_oauth");
    }
    parameters.put("authorization_request_type", request.value);
    return parameters;
  }

  /** The plan of the Security Profile fixes what is signed, and refuses to be told it. */
  private Map<String, String> common() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("client_auth_type", authentication.value);
    parameters.put("sender_constrain", constraint.value);
    parameters.put(
        "fapi_profile",
        flow == Flow.CLIENT_CREDENTIALS ? "fapi_client_credentials_grant" : "plain_fapi");
    if (isSigned()) {
      parameters.put("fapi_request_method", signing.requestMethod());
      parameters.put("fapi_response_mode", signing.responseMode());
    }
    return parameters;
  }

  private static JsonObject json(Map<String, String> parameters) {
    JsonObject.Builder json = JsonObject.builder();
    parameters.forEach(json::put);
    return json.build();
  }

  private static String expression(String plan, Map<String, String> parameters) {
    return plan
        + parameters.entrySet().stream()
            .map(entry -> "[" + entry.getKey() + "=" + entry.getValue() + "]")
            .collect(Collectors.joining());
  }
}
