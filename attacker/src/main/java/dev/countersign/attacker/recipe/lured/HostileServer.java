package dev.countersign.attacker.recipe.lured;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.attacker.hostile.Listener;
import dev.countersign.attacker.hostile.Received;
import dev.countersign.attacker.play.Jwt;
import dev.countersign.attacker.play.Lab;
import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * An authorization server of the attacker's. It takes every client and every request, logs its one
 * person in without asking, and does all the rest as FAPI 2.0 says, unless its {@link Script} says
 * otherwise. May be used by any thread.
 */
final class HostileServer {
  static final String PAR = "/par";
  static final String TOKEN = "/token";
  private static final String AUTHORIZE = "/authorize";
  private static final String USERINFO = "/userinfo";
  private static final long SECONDS = 300;

  private final Lab lab;
  private final Listener listener;
  private final SigningKey key;
  private final String sub;
  private final Map<String, Form> pushed = new ConcurrentHashMap<>();
  private final Map<String, Form> codes = new ConcurrentHashMap<>();
  private final AtomicInteger sentBack = new AtomicInteger();
  private volatile Script script = Script.RIGHT;

  HostileServer(Lab lab, Listener listener) {
    this.lab = lab;
    this.listener = listener;
    this.key = lab.newKey();
    this.sub = "attacker-" + lab.random128();
    listener.serve("/.well-known/openid-configuration", _ -> metadata());
    listener.serve("/.well-known/oauth-authorization-server", _ -> metadata());
    listener.serve(
        "/jwks", _ -> HttpResponse.json(200, JwkSet.of(List.of(key.publicJwk())).toJson()));
    listener.serve(PAR, this::push);
    listener.serve(AUTHORIZE, this::authorize);
    listener.serve(TOKEN, this::token);
    listener.serve(
        USERINFO, _ -> HttpResponse.json(200, JsonObject.builder().put("sub", sub).build()));
    listener.serve("/revoke", _ -> HttpResponse.empty(200));
    listener.serve(
        "/introspect",
        _ -> HttpResponse.json(200, JsonObject.builder().put("active", false).build()));
  }

  /** Who logs in here. */
  String sub() {
    return sub;
  }

  String issuer() {
    return listener.url().toString();
  }

  SigningKey key() {
    return key;
  }

  /** Does so from now on. */
  void play(Script other) {
    script = other;
  }

  /** How often somebody asked for its metadata. */
  int asked() {
    return (int)
        listener.received().stream().filter(one -> one.path().startsWith("/.well-known/")).count();
  }

  /** How often a browser was sent on from the authorization endpoint. */
  int sentBack() {
    return sentBack.get();
  }

  /** The token requests that came. */
  List<Form> redemptions() {
    return listener.received(TOKEN).stream().map(Received::form).toList();
  }

  /** All that came, to whichever endpoint. */
  List<Received> received() {
    return listener.received();
  }

  /** The thumbprints of the keys by which somebody proved something (DPoP), at any endpoint. */
  Set<String> provedKeys() {
    return listener.received().stream()
        .flatMap(one -> one.headers().all("DPoP").stream())
        .flatMap(proof -> thumbprint(proof).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<String> thumbprint(String proof) {
    try {
      Optional<JsonObject> jwk = CompactJws.parse(proof).header().object("jwk");
      return jwk.isPresent()
          ? Optional.of(PublicJwk.parse(jwk.get()).thumbprint().value())
          : Optional.empty();
    } catch (InvalidJwtException | InvalidJwkException | MalformedJsonException e) {
      return Optional.empty();
    }
  }

  /** The requests that were pushed, as they came. */
  List<Form> pushes() {
    return listener.received(PAR).stream().map(Received::form).toList();
  }

  /** The parameters of the request that was pushed last. */
  Optional<Form> lastAsked() {
    List<Form> all = pushes();
    return all.isEmpty() ? Optional.empty() : Optional.of(parameters(all.getLast()));
  }

  private HttpResponse metadata() {
    String at = issuer();
    List<String> algorithms = List.of("ES256", "PS256", "EdDSA");
    JsonObject right =
        JsonObject.builder()
            .put("issuer", at)
            .put("authorization_endpoint", at + AUTHORIZE)
            .put("token_endpoint", at + TOKEN)
            .put("pushed_authorization_request_endpoint", at + PAR)
            .put("jwks_uri", at + "/jwks")
            .put("userinfo_endpoint", at + USERINFO)
            .put("revocation_endpoint", at + "/revoke")
            .put("introspection_endpoint", at + "/introspect")
            .put("require_pushed_authorization_requests", true)
            .put("authorization_response_iss_parameter_supported", true)
            .put("tls_client_certificate_bound_access_tokens", true)
            .put("response_types_supported", List.of("code"))
            .put("response_modes_supported", List.of("query", "jwt", "query.jwt"))
            .put("grant_types_supported", List.of("authorization_code", "refresh_token"))
            .put("subject_types_supported", List.of("public"))
            .put("code_challenge_methods_supported", List.of("S256"))
            .put(
                "token_endpoint_auth_methods_supported",
                List.of("private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"))
            .put("token_endpoint_auth_signing_alg_values_supported", algorithms)
            .put("dpop_signing_alg_values_supported", algorithms)
            .put("request_object_signing_alg_values_supported", algorithms)
            .put("id_token_signing_alg_values_supported", List.of("ES256"))
            .put("authorization_signing_alg_values_supported", List.of("ES256"))
            .build();
    return HttpResponse.json(200, script.metadata().apply(right));
  }

  private HttpResponse push(HttpRequest request) {
    String requestUri = "urn:ietf:params:oauth:request_uri:" + lab.random128();
    pushed.put(requestUri, parameters(Form.parseBody(request.body())));
    return HttpResponse.json(
        201,
        JsonObject.builder().put("request_uri", requestUri).put("expires_in", SECONDS).build());
  }

  /** Of a request object, its claims. */
  private static Form parameters(Form form) {
    Optional<String> object = form.values("request").stream().findFirst();
    if (object.isEmpty()) {
      return form;
    }
    try {
      JsonObject claims = CompactJws.parse(object.get()).unverifiedClaims();
      Form.Builder read = Form.builder();
      for (String name : claims.names()) {
        if (claims.isString(name)) {
          claims.value(name).ifPresent(value -> read.add(name, value.toString()));
        }
      }
      return read.build();
    } catch (InvalidJwtException e) {
      return form;
    }
  }

  private HttpResponse authorize(HttpRequest request) {
    if (script.forward().isPresent()) {
      sentBack.incrementAndGet();
      return HttpResponse.redirect303(script.forward().get());
    }
    Form asked =
        pushed.get(Form.parseQuery(request.query().orElse("")).value("request_uri").orElse(""));
    if (asked == null) {
      return HttpResponse.empty(400);
    }
    String code = lab.random128();
    codes.put(code, asked);
    List<Map.Entry<String, String>> answer = new ArrayList<>();
    answer.add(Map.entry("code", code));
    asked.value("state").ifPresent(state -> answer.add(Map.entry("state", state)));
    answer.add(Map.entry("iss", issuer()));
    List<Map.Entry<String, String>> sent = script.answer().apply(answer);
    boolean signs = asked.value("response_mode").filter(mode -> mode.endsWith("jwt")).isPresent();
    String back =
        script.callback().map(URI::toString).orElse(asked.value("redirect_uri").orElse(""));
    String query =
        signs
            ? "response=" + signed(sent, asked)
            : sent.stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    sentBack.incrementAndGet();
    return HttpResponse.redirect303(URI.create(back + (back.contains("?") ? "&" : "?") + query));
  }

  private String signed(List<Map.Entry<String, String>> sent, Form asked) {
    JsonObject.Builder claims =
        JsonObject.builder()
            .put("aud", asked.value("client_id").orElse(""))
            .put("exp", lab.now().getEpochSecond() + SECONDS);
    sent.forEach(one -> claims.put(one.getKey(), one.getValue()));
    return script
        .signed()
        .apply(Jwt.of(lab.jose(), key, JsonObject.builder().build(), claims.build()))
        .compact();
  }

  private HttpResponse token(HttpRequest request) {
    Form form = Form.parseBody(request.body());
    Form asked = codes.remove(form.value("code").orElse(""));
    if (asked == null) {
      return HttpResponse.json(400, JsonObject.builder().put("error", "invalid_grant").build());
    }
    JsonObject.Builder answer =
        JsonObject.builder()
            .put("access_token", lab.random128())
            .put("token_type", request.headers().first("DPoP").isPresent() ? "DPoP" : "Bearer")
            .put("expires_in", SECONDS)
            .put("scope", asked.value("scope"));
    if (List.of(asked.value("scope").orElse("").split(" ", -1)).contains("openid")) {
      answer.put("id_token", script.idToken().apply(idToken(asked)).compact());
    }
    return HttpResponse.json(200, script.tokens().apply(answer.build()));
  }

  private Jwt idToken(Form asked) {
    Instant now = lab.now();
    JsonObject claims =
        JsonObject.builder()
            .put("iss", issuer())
            .put("sub", sub)
            .put(
                "aud", asked.value("client_id").orElse(lab.clientUnderTest().idAtHostile().value()))
            .put("iat", now.getEpochSecond())
            .put("auth_time", now.getEpochSecond())
            .put("exp", now.getEpochSecond() + SECONDS)
            .put("nonce", asked.value("nonce"))
            .build();
    return Jwt.of(lab.jose(), key, JsonObject.builder().build(), claims);
  }
}
