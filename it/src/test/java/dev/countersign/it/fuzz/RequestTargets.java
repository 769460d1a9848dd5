package dev.countersign.it.fuzz;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.clientauth.ClientAssertion;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.protocol.revocation.RevocationRequest;
import dev.countersign.protocol.token.TokenRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Forms that clients send to the authorization server. */
final class RequestTargets {
  private static final ClientId CLIENT = new ClientId("client-1");
  private static final Set<Class<? extends Exception>> REFUSED = Set.of(RefusalException.class);

  static final List<Target<?>> ALL =
      List.of(
          Target.ofText(
                  "authorization-request",
                  REFUSED,
                  input -> AuthorizationRequest.read(Form.parseQuery(input), CLIENT),
                  RequestTargets::sameRequest)
              .withSecrets(input -> secrets(input, "client_secret", "client_assertion")),
          Target.ofText(
                  "token-request",
                  REFUSED,
                  input -> TokenRequest.read(Form.parseQuery(input)),
                  RequestTargets::sameTokenRequest)
              .withSecrets(input -> secrets(input, "code", "refresh_token", "code_verifier")),
          Target.ofText(
                  "revocation-request",
                  REFUSED,
                  input -> RevocationRequest.read(Form.parseQuery(input)),
                  RequestTargets::sameRevocation)
              .withSecrets(input -> secrets(input, "token")),
          Target.ofText(
                  "client-authentication",
                  Set.of(RefusalException.class, IllegalArgumentException.class),
                  RequestTargets::authentication,
                  RequestTargets::isAssertionAlone)
              .withSecrets(
                  input -> secrets(input, "client_secret", "client_assertion", "Authorization")));

  private RequestTargets() {}

  /** The values of these parameters and fields, as they are written. */
  static List<String> secrets(String input, String... names) {
    return Stream.of(input.split("[&\n]", -1))
        .filter(pair -> Stream.of(names).anyMatch(name -> pair.startsWith(name + "=")))
        .map(pair -> pair.substring(pair.indexOf('=') + 1))
        .toList();
  }

  private static void sameRequest(AuthorizationRequest request, String input) {
    AuthorizationRequest again =
        AuthorizationRequest.read(Form.parseQuery(request.toForm().encode()), CLIENT);
    Holds.equal(again, request, "written and read again");
    Holds.linear(request.toForm().encode(), input);
    Holds.equal(request.clientId(), CLIENT, "the client is the one that proved who it is");
    Form form = Form.parseQuery(input);
    Holds.equal(form.value("response_type"), Optional.of("code"), "response_type");
    Holds.equal(form.value("code_challenge_method"), Optional.of("S256"), "the PKCE method");
    Holds.that(!form.has("request_uri"), "no request_uri in the body");
    try {
      AuthorizationRequest narrower = request.about(new Subject("sub-1"));
      Holds.equal(
          AuthorizationRequest.read(Form.parseQuery(narrower.toForm().encode()), CLIENT),
          narrower,
          "about one person, written and read again");
    } catch (RefusalException another) {
      Holds.that(request.claims().isPresent(), "only claims want another person");
    }
  }

  private static void sameTokenRequest(TokenRequest request, String input) {
    Form form = request.toForm();
    Holds.equal(TokenRequest.read(Form.parseQuery(form.encode())), request, "read again");
    Holds.linear(form.encode(), input);
    for (String secret : secrets(form.encode(), "code", "refresh_token", "code_verifier")) {
      Holds.that(
          secret.length() < 12 || !request.toString().contains(secret), "no text holds a secret");
    }
  }

  private static void sameRevocation(RevocationRequest request, String input) {
    Form form = request.toForm();
    RevocationRequest again = RevocationRequest.read(Form.parseQuery(form.encode()));
    Holds.equal(again.toForm(), form, "written and read again");
    Holds.equal(again.accessToken(), request.accessToken(), "the access token");
    Holds.equal(again.refreshToken(), request.refreshToken(), "the refresh token");
    Holds.linear(form.encode(), input);
  }

  /** The first line is the body; each other one an Authorization field behind its name. */
  private static ClientAssertion authentication(String input) {
    List<String> lines = List.of(input.split("\n", -1));
    Headers headers =
        Headers.of(
            lines.stream()
                .skip(1)
                .filter(line -> line.startsWith("Authorization="))
                .map(line -> Map.entry("Authorization", line.substring("Authorization=".length())))
                .toList());
    return ClientAssertion.read(Form.parseQuery(lines.getFirst()), headers);
  }

  private static void isAssertionAlone(ClientAssertion assertion, String input) {
    Form form = Form.parseQuery(input.split("\n", -1)[0]);
    Holds.that(!form.has("client_secret"), "no secret beside the assertion");
    Holds.that(!input.contains("\nAuthorization="), "no Authorization beside the assertion");
    Holds.equal(form.value("client_assertion_type"), Optional.of(ClientAssertion.TYPE), "the type");
    Holds.equal(
        form.value("client_id").orElse(assertion.clientId().value()),
        assertion.clientId().value(),
        "client_id is that of the assertion");
    Holds.that(
        !assertion.toString().contains(form.value("client_assertion").orElseThrow()),
        "no text holds the assertion");
  }
}
