package dev.countersign.cli;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jar.RequestObject;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Which messages a {@link SuiteServer} demands and gives signed, as the suite does it. */
final class SuiteSigning {
  private static final Set<String> BESIDE =
      Set.of("client_id", "request", "client_assertion", "client_assertion_type");

  boolean requests;
  boolean responses;
  UnaryOperator<String> resigned = UnaryOperator.identity();

  /** What the suite says of it. */
  Map<String, Object> metadata(SigningKey key) {
    Map<String, Object> members = new LinkedHashMap<>();
    if (requests) {
      members.put("request_object_signing_alg_values_supported", List.of("PS256", "ES256"));
    }
    if (responses) {
      members.put("response_modes_supported", List.of("jwt"));
      members.put(
          "authorization_signing_alg_values_supported", List.of(key.algorithm().joseName()));
    }
    return members;
  }

  /** What is asked for: of a signed request, what is inside alone. */
  Form asked(Form pushed, JwkSet clientKeys, Issuer issuer) {
    SuiteServer.require(pushed.has(RequestObject.PARAMETER) == requests, "signed request");
    if (!requests) {
      return pushed;
    }
    SuiteServer.require(BESIDE.containsAll(pushed.names()), "parameters beside the object");
    return RequestObject.read(pushed.required(RequestObject.PARAMETER))
        .verify(
            Jose.jdk(),
            clientKeys,
            Optional.empty(),
            new ClientId(pushed.required("client_id")),
            issuer,
            Instant.now())
        .parameters();
  }

  /** The answer with its parameters, or claims, as a test changes them; an empty text drops one. */
  Form answer(Map<String, Object> answer, Map<String, Object> changes, Form asked, SigningKey key) {
    Map<String, Object> all = new LinkedHashMap<>(answer);
    if (responses) {
      SuiteServer.require(asked.required("response_mode").equals("jwt"), "response_mode");
      all.put("aud", asked.required("client_id"));
      all.put("exp", Instant.now().getEpochSecond() + 300);
    }
    all.putAll(changes);
    all.values().removeIf(""::equals);
    Form.Builder form = Form.builder();
    if (responses) {
      String jwt = Jose.jdk().sign(SuiteServer.json(Map.of()), SuiteServer.json(all), key);
      return form.add("response", resigned.apply(jwt)).build();
    }
    all.forEach((name, value) -> form.add(name, value.toString()));
    return form.build();
  }
}
