package dev.countersign.resource.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.resource.ClientSigningKeys;
import dev.countersign.resource.ResourceServer;
import dev.countersign.testkit.HandSignature;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The bank of the documents behind a container, and a client that signs by hand. */
final class SignedBank {
  static final SigningKey SIGNER = Issued.JOSE.generate(SignatureAlgorithm.EDDSA, Issued.RANDOM);
  static final SigningKey OTHER = Issued.JOSE.generate(SignatureAlgorithm.EDDSA, Issued.RANDOM);
  static final SigningKey SERVER = Issued.JOSE.generate(SignatureAlgorithm.EDDSA, Issued.RANDOM);
  static final byte[] PAYMENT = "{\"amount\":\"123.50\",\"to\":\"Zoë\"}".getBytes(UTF_8);

  private SignedBank() {}

  /** Behind the filter, in whatever container. */
  static Consumer<Servlets> guarding(Consumer<Servlets> content) {
    return container -> {
      container.listener(bank());
      content.accept(container);
    };
  }

  /** Started, and behind the filter what a test puts in. */
  static Container with(Consumer<Container> content) throws Exception {
    return Container.with(
        container -> {
          container.listener(bank());
          content.accept(container);
        });
  }

  static SigningBank bank() {
    return new SigningBank(Issued.guard(), clients(), SERVER);
  }

  /** A guard as that of the bank. */
  static ResourceServer guard() {
    return Issued.guard().httpSignatures(clients()).signResponses(SERVER);
  }

  private static ClientSigningKeys clients() {
    JwkSet keys = JwkSet.of(List.of(SIGNER.publicJwk()));
    return ClientSigningKeys.fixed(Map.of(new ClientId("app"), keys));
  }

  /** A call in the making. Immutable. */
  static final class Call {
    private final String method;
    private final String path;
    private final Map<String, String> fields;
    private final byte[] content;
    private final Optional<HandSignature> signature;
    private final HttpClient.Version version;

    /**
     * Keeps its parts.
     *
     * @param path below the context, with the query
     * @param fields that are signed or say something of the content
     * @param content as it is sent
     */
    Call(
        String method,
        String path,
        Map<String, String> fields,
        byte[] content,
        Optional<HandSignature> signature,
        HttpClient.Version version) {
      this.method = method;
      this.path = path;
      this.fields = new LinkedHashMap<>(fields);
      this.content = content;
      this.signature = signature;
      this.version = version;
    }

    /** The same with another field, which need not be signed. */
    Call with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(fields);
      more.put(name, value);
      return new Call(method, path, more, content, signature, version);
    }

    Call signed(UnaryOperator<HandSignature> change) {
      return new Call(method, path, fields, content, signature.map(change), version);
    }

    Call unsigned() {
      return new Call(method, path, fields, content, Optional.empty(), version);
    }

    Call carrying(byte[] other) {
      return new Call(method, path, fields, other, signature, version);
    }

    Call to(String other) {
      return new Call(method, other, fields, content, signature, version);
    }

    Call over(HttpClient.Version other) {
      return new Call(method, path, fields, content, signature, other);
    }

    /** The answer, whether or not it is what it says. */
    HttpResponse<byte[]> at(Servlets container) throws Exception {
      return at(
          container,
          content.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(content));
    }

    HttpResponse<byte[]> at(Servlets container, BodyPublisher body) throws Exception {
      HttpRequest.Builder request = container.request(path).version(version).method(method, body);
      all().forEach(request::header);
      return Container.bytes(request);
    }

    /** The head of it as octets, to be sent by hand; more fields and an empty line follow. */
    String head() {
      StringBuilder head =
          new StringBuilder(method + " /bank" + path + " HTTP/1.1\r\nHost: localhost\r\n");
      all().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
      return head.append("Connection: close\r\n").toString();
    }

    private Map<String, String> all() {
      Map<String, String> all = new LinkedHashMap<>(fields);
      signature.ifPresent(
          made -> {
            all.putIfAbsent("Signature-Input", made.input());
            all.putIfAbsent("Signature", made.signature());
          });
      return all;
    }

    /**
     * What the bank's signature says of an answer; empty if it is not the bank's, or of another.
     */
    Optional<HandSignature.Read> read(HttpResponse<byte[]> answer) {
      Headers headers = headers(answer);
      Optional<HandSignature.Read> read =
          HandSignature.read(
              SERVER.publicJwk(),
              headers.first("Signature-Input").orElse(""),
              headers.first("Signature").orElse(""),
              identifier -> value(identifier, answer.statusCode(), headers));
      byte[] content = answer.body();
      return read.filter(
          said ->
              content.length == 0
                  ? !said.identifiers().contains("\"content-digest\"")
                  : said.identifiers().contains("\"content-digest\"")
                      && headers
                          .all("Content-Digest")
                          .equals(List.of(HandSignature.digest(content))));
    }

    private String value(String identifier, int status, Headers answer) {
      String name = identifier.substring(1, identifier.indexOf('"', 1));
      if (!identifier.endsWith(";req")) {
        return name.equals("@status")
            ? Integer.toString(status)
            : String.join(", ", answer.all(name));
      }
      return switch (name) {
        case "@method" -> method;
        case "@target-uri" -> Issued.PUBLIC + "/bank" + path;
        default ->
            all().entrySet().stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("missing");
      };
    }
  }

  static Headers headers(HttpResponse<byte[]> answer) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!name.startsWith(":")) {
                values.forEach(value -> fields.add(Map.entry(name, value)));
              }
            });
    return Headers.of(fields);
  }

  /** A question, which has no content. */
  static Call get(String path) {
    return call("GET", path, new byte[0]);
  }

  /** A payment to this path, as JSON. */
  static Call pay(String path) {
    return call("POST", path, PAYMENT).with("Content-Type", "application/json");
  }

  /** A call that is signed as the profile wants it. */
  static Call call(String method, String path, byte[] content) {
    AccessToken token = Issued.token();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Authorization", "DPoP " + token.reveal());
    fields.put("DPoP", Issued.proof(method, path.split("\\?", 2)[0], token));
    HandSignature signature =
        HandSignature.by(SIGNER, Issued.NOW, "fapi-2-request")
            .covering("\"@method\"", method)
            .covering("\"@target-uri\"", Issued.PUBLIC + "/bank" + path)
            .covering("\"authorization\"", fields.get("Authorization"))
            .covering("\"dpop\"", fields.get("DPoP"));
    if (content.length > 0) {
      fields.put("Content-Digest", HandSignature.digest(content));
      signature = signature.covering("\"content-digest\"", fields.get("Content-Digest"));
    }
    return new Call(
        method, path, fields, content, Optional.of(signature), HttpClient.Version.HTTP_1_1);
  }
}
