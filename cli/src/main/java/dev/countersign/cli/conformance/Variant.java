package dev.countersign.cli.conformance;

import dev.countersign.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One way to run the suite's plan for a FAPI 2.0 Security Profile server or client.
 *
 * @param authentication how clients authenticate
 * @param constraint how access tokens are bound to them
 * @param flow what tokens are asked for
 * @param request by what they are asked for
 */
public record Variant(
    Authentication authentication, Constraint constraint, Flow flow, Request request) {

  /** The suite's plan for servers. */
  static final String SERVER_PLAN = "fapi2-security-profile-final-test-plan";

  /** The suite's plan for clients. */
  static final String CLIENT_PLAN = "fapi2-security-profile-final-client-test-plan";

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

  /** Refuses details without a person: the suite asks for them at the authorization endpoint. */
  public Variant {
    if (request == Request.RAR && flow == Flow.CLIENT_CREDENTIALS) {
      throw new IllegalArgumentException("Variant.request must be SIMPLE without a person");
    }
  }

  /** All of them: sixteen with a person, half of them with details, and four without. */
  public static List<Variant> all() {
    List<Variant> all = new ArrayList<>();
    for (Request request : Request.values()) {
      for (Flow flow : Flow.values()) {
        if (request == Request.SIMPLE || flow != Flow.CLIENT_CREDENTIALS) {
          all.addAll(all(flow, request));
        }
      }
    }
    return List.copyOf(all);
  }

  private static List<Variant> all(Flow flow, Request request) {
    List<Variant> all = new ArrayList<>();
    for (Authentication authentication : Authentication.values()) {
      for (Constraint constraint : Constraint.values()) {
        all.add(new Variant(authentication, constraint, flow, request));
      }
    }
    return all;
  }

  /**
   * A name for a folder: {@code private_key_jwt-dpop-openid_connect}, and {@code -rar} after it.
   */
  public String name() {
    String name = String.join("-", authentication.value, constraint.value, flow.value);
    return hasDetails() ? name + "-" + request.value : name;
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
    return expression(SERVER_PLAN, serverPlan());
  }

  /** The parameters of the plan for clients, as the suite's REST interface takes them. */
  JsonObject clientParameters() {
    return json(clientPlan());
  }

  /** The plan for clients with its parameters. */
  String clientExpression() {
    return expression(CLIENT_PLAN, clientPlan());
  }

  /** Response mode and request method are fixed by the plan, which refuses to be told them. */
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

  private Map<String, String> common() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("client_auth_type", authentication.value);
    parameters.put("sender_constrain", constraint.value);
    parameters.put(
        "fapi_profile",
        flow == Flow.CLIENT_CREDENTIALS ? "fapi_client_credentials_grant" : "plain_fapi");
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
