package dev.countersign.cli.operator;

import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.ResourceResponse;
import dev.countersign.client.Tokens;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.server.client.RegisteredClient;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The operator's API of one server, called with tokens that the client gets for itself. For one
 * thread.
 */
public final class OperatorApi {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._~-]{1,255}");
  private static final String LIMIT = "limit";

  private final FapiClient client;
  private final String place;
  private Optional<Tokens> tokens = Optional.empty();

  /** Asks this server; nothing is fetched yet. */
  public OperatorApi(FapiClient client, Issuer issuer) {
    this.client = client;
    this.place = issuer.value().replaceAll("/$", "") + "/operator";
  }

  /**
   * One page of grants.
   *
   * @param grants as the server describes them
   * @param next what the page after this one is asked for by; empty if there is none
   */
  public record Page(List<JsonObject> grants, Optional<String> next) {}

  /**
   * What came of ending some grants of a client.
   *
   * @param count how many were ended
   * @param more whether there may be more of them
   * @param clientKnown whether such a client is registered now
   */
  public record Ended(int count, boolean more, boolean clientKnown) {}

  /**
   * Grants of a person, a client or both.
   *
   * @param user the {@code sub} or user name of the person
   * @param after {@link Page#next} of the page before
   * @param limit grants at most
   */
  public Page page(
      Optional<String> user, Optional<String> clientId, Optional<String> after, int limit)
      throws ClientException, NotDoneException {
    Form query =
        Form.builder()
            .add("user", user)
            .add("client_id", clientId)
            .add("after", after)
            .add(LIMIT, String.valueOf(limit))
            .build();
    JsonObject answer = answer("GET", "/grants?" + query.encode());
    try {
      return new Page(answer.objects("grants").orElse(List.of()), answer.string("next"));
    } catch (MalformedJsonException e) {
      throw notUnderstood();
    }
  }

  /** Ends a grant; false if there is none of that id. */
  public boolean revokeGrant(String id) throws ClientException, NotDoneException {
    return end("/grants/", id);
  }

  /** Ends some grants of a client. */
  public Ended revokeGrantsOf(String clientId, int limit) throws ClientException, NotDoneException {
    Form query =
        Form.builder().add("client_id", clientId).add(LIMIT, String.valueOf(limit)).build();
    JsonObject answer = answer("DELETE", "/grants?" + query.encode());
    try {
      return new Ended(
          answer.integer("ended").map(Math::toIntExact).orElseThrow(OperatorApi::notUnderstood),
          answer.bool("more").orElse(false),
          answer.bool("client_known").orElse(false));
    } catch (MalformedJsonException | ArithmeticException e) {
      throw notUnderstood();
    }
  }

  /** Ends a client that registered itself; false if none of that id did. */
  public boolean endClient(String id) throws ClientException, NotDoneException {
    return end("/clients/", id);
  }

  private boolean end(String below, String id) throws ClientException, NotDoneException {
    // No server of ours gives another name; one with a slash would be another place.
    if (!NAME.matcher(id).matches()) {
      return false;
    }
    ResourceResponse response = called("DELETE", below + id);
    if (response.status() == 404) {
      return false;
    }
    if (response.status() != 204) {
      throw refused(response);
    }
    return true;
  }

  private JsonObject answer(String method, String below) throws ClientException, NotDoneException {
    ResourceResponse response = called(method, below);
    if (response.status() != 200) {
      throw refused(response);
    }
    return response.json();
  }

  /** A token that has expired meanwhile is replaced, once. */
  private ResourceResponse called(String method, String below) throws ClientException {
    ResourceRequest request = ResourceRequest.of(method, URI.create(place + below));
    boolean fresh = tokens.isEmpty();
    ResourceResponse response = client.call(token(), request);
    if (response.status() != 401 || fresh) {
      return response;
    }
    tokens = Optional.empty();
    return client.call(token(), request);
  }

  private Tokens token() throws ClientException {
    if (tokens.isEmpty()) {
      tokens =
          Optional.of(
              client.clientCredentials(Scope.of(RegisteredClient.OPERATOR_SCOPE), List.of()));
    }
    return tokens.orElseThrow();
  }

  private static NotDoneException refused(ResourceResponse response) {
    String error =
        response.challenges().stream()
            .map(challenge -> reason(challenge))
            .flatMap(Optional::stream)
            .findFirst()
            .map(text -> " (" + text + ")")
            .orElse("");
    return new NotDoneException(
        "the server answered %d%s, interaction %s"
            .formatted(response.status(), error, response.interactionId().value()));
  }

  private static Optional<String> reason(Challenge challenge) {
    return challenge.attribute("error").filter(text -> text.matches("[a-z_]{1,64}"));
  }

  private static NotDoneException notUnderstood() {
    return new NotDoneException("the server's answer cannot be understood");
  }
}
