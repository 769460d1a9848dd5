package dev.countersign.it.fuzz;

import dev.countersign.protocol.authorization.AuthorizationResponse;
import dev.countersign.protocol.grants.GrantResource;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.protocol.metadata.InvalidMetadataException;
import dev.countersign.protocol.metadata.ProtectedResourceMetadata;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.par.PushedAuthorizationResponse;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.protocol.token.ErrorResponse;
import dev.countersign.protocol.token.TokenResponse;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What servers answer to clients and to resource servers. */
final class AnswerTargets {
  private static final Issuer ISSUER = new Issuer("https://as.example.com");
  private static final URI RESOURCE = URI.create("https://api.example.com/accounts");
  private static final RedirectUri REDIRECT = new RedirectUri("https://app.example.com/cb?a=b");
  private static final Set<Class<? extends Exception>> MALFORMED =
      Set.of(MalformedJsonException.class);
  private static final Set<Class<? extends Exception>> UNUSABLE =
      Set.of(MalformedJsonException.class, InvalidMetadataException.class);

  private static final Pattern TEXT = Pattern.compile(":\\s*\"([^\"]*)\"");

  static final List<Target<?>> ALL =
      List.of(
          Target.ofText(
                  "authorization-response",
                  Set.of(RefusalException.class),
                  AuthorizationResponse::read,
                  AnswerTargets::sameResponse)
              .withSecrets(input -> RequestTargets.secrets(input, "code", "state")),
          Target.ofText(
              "introspection-answer",
              MALFORMED,
              input -> IntrospectionResponse.read(JsonObject.parse(input)),
              AnswerTargets::sameAnswer),
          Target.ofText(
                  "token-response",
                  MALFORMED,
                  input -> TokenResponse.read(JsonObject.parse(input)),
                  AnswerTargets::sameTokens)
              .withSecrets(AnswerTargets::texts),
          Target.ofText(
              "error-response",
              MALFORMED,
              input -> ErrorResponse.read(JsonObject.parse(input)),
              (error, _) -> Holds.equal(ErrorResponse.read(error.toJson()), error, "read again")),
          Target.ofText(
                  "par-response",
                  MALFORMED,
                  input -> PushedAuthorizationResponse.read(JsonObject.parse(input)),
                  AnswerTargets::samePushed)
              .withSecrets(AnswerTargets::texts),
          Target.ofText(
              "grant-resource",
              MALFORMED,
              input -> GrantResource.read(JsonObject.parse(input)),
              (grant, input) -> {
                Holds.equal(GrantResource.read(grant.toJson()), grant, "read again");
                Holds.linear(grant.toJson().toJson(), input);
              }),
          Target.ofText(
              "server-metadata",
              UNUSABLE,
              input -> AuthorizationServerMetadata.parse(JsonObject.parse(input), ISSUER),
              AnswerTargets::sameServer),
          Target.ofText(
              "resource-metadata",
              UNUSABLE,
              input -> ProtectedResourceMetadata.parse(JsonObject.parse(input), RESOURCE),
              AnswerTargets::sameResource));

  private AnswerTargets() {}

  /** The texts of an object, and not the names of its members. */
  private static List<String> texts(String json) {
    return TEXT.matcher(json).results().map(text -> text.group(1)).toList();
  }

  private static void sameResponse(AuthorizationResponse response, String query) {
    String encoded = response.toForm().encode();
    Holds.equal(AuthorizationResponse.read(encoded), response, "written and read again");
    Holds.linear(encoded, query);
    URI target = response.redirectTo(REDIRECT);
    Holds.equal(target.getHost(), "app.example.com", "the browser goes to the client");
    Holds.that(target.getRawQuery().startsWith("a=b&"), "the client's own query stays");
    Holds.equal(
        AuthorizationResponse.read(target.getRawQuery().substring("a=b&".length())),
        response,
        "as the browser brings it");
  }

  private static void sameAnswer(IntrospectionResponse answer, String input) throws Exception {
    IntrospectionResponse again = IntrospectionResponse.read(answer.toJson());
    // Parts of a second are cut when it is written first.
    Holds.equal(IntrospectionResponse.read(again.toJson()), again, "written and read again");
    Holds.equal(again.toJson(), answer.toJson(), "the same text");
    Holds.linear(answer.toJson().toJson(), input);
    Holds.equal(
        JsonObject.parse(input).bool("active").orElseThrow(),
        answer instanceof IntrospectionResponse.Active,
        "active");
  }

  private static void sameTokens(TokenResponse tokens, String input) throws Exception {
    Holds.equal(TokenResponse.read(tokens.toJson()), tokens, "written and read again");
    Holds.linear(tokens.toJson().toJson(), input);
    Holds.that(
        tokens.accessToken().reveal().length() < 12
            || !tokens.toString().contains(tokens.accessToken().reveal()),
        "no text holds the token");
  }

  private static void samePushed(PushedAuthorizationResponse pushed, String input)
      throws Exception {
    if (pushed.expiresIn().compareTo(PushedAuthorizationResponse.LONGEST) <= 0) {
      Holds.equal(PushedAuthorizationResponse.read(pushed.toJson()), pushed, "read again");
    }
    Holds.that(JsonObject.parse(input).has("request_uri"), "it was there");
  }

  private static void sameServer(AuthorizationServerMetadata server, String input)
      throws Exception {
    AuthorizationServerMetadata again = AuthorizationServerMetadata.parse(server.toJson(), ISSUER);
    Holds.equal(again, server, "written and read again");
    Holds.linear(server.toJson().toJson(), input);
    Holds.equal(server.tokenEndpoint().getScheme(), "https", "the token endpoint is https");
    Holds.that(server.tokenEndpoint().getHost() != null, "the token endpoint has a host");
  }

  private static void sameResource(ProtectedResourceMetadata resource, String input)
      throws Exception {
    ProtectedResourceMetadata again = ProtectedResourceMetadata.parse(resource.toJson(), RESOURCE);
    Holds.equal(again, resource, "written and read again");
    Holds.linear(resource.toJson().toJson(), input);
  }
}
