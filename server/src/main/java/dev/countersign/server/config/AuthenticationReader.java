package dev.countersign.server.config;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.mtls.SubjectRule;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.ClientAuthentication;
import dev.countersign.server.client.ClientAuthentication.PrivateKeyJwt;
import dev.countersign.server.client.ClientAuthentication.SelfSignedTlsClientAuth;
import dev.countersign.server.client.ClientAuthentication.TlsClientAuth;
import dev.countersign.server.client.ClientKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** How a client or a resource server proves who it is, and what a client's tokens are bound to. */
final class AuthenticationReader {
  private static final List<String> KEYS = List.of("jwks", "jwks_file", "jwks_uri");
  private static final String SUBJECT = "tls_client_auth_subject_dn";
  private static final List<String> SUBJECTS =
      List.of(
          SUBJECT,
          "tls_client_auth_san_dns",
          "tls_client_auth_san_uri",
          "tls_client_auth_san_ip",
          "tls_client_auth_san_email");

  private final Path folder;
  private final ReadFiles files;
  private final ClientCertificateConfig certificates;

  /**
   * Reads registrations.
   *
   * @param folder where relative paths start
   * @param files reads the files that a registration names
   * @param certificates what is possible here
   */
  AuthenticationReader(Path folder, ReadFiles files, ClientCertificateConfig certificates) {
    this.folder = folder;
    this.files = files;
    this.certificates = certificates;
  }

  /** A registration's method and the keys that go with it. */
  record Authentication(ClientAuthentication method, ClientKeys keys) {}

  @Enforces({"SP-5.3.2.1-3", "SP-5.3.2.1-6", "MT-2", "MT-3"})
  Optional<Authentication> read(Section section) {
    String method =
        section
            .orElse(
                "token_endpoint_auth_method",
                method(),
                PrivateKeyJwt.METHOD,
                "How it proves who it is, at every endpoint.")
            .orElse(PrivateKeyJwt.METHOD);
    Optional<SignatureAlgorithm> algorithm =
        section.optional(
            "token_endpoint_auth_signing_alg",
            Kinds.algorithm(),
            "any that fits the key",
            "The only algorithm of its assertions.");
    if (algorithm.isPresent() && !method.equals(PrivateKeyJwt.METHOD)) {
      section.problem(
          "token_endpoint_auth_signing_alg", "means something with `private_key_jwt` alone", "");
    }
    Optional<SubjectRule> subject = subject(section, method);
    Optional<ClientKeys> keys = keys(section, !method.equals(TlsClientAuth.METHOD));
    requirePossible(section, method, keys);
    return switch (method) {
      case TlsClientAuth.METHOD ->
          subject.map(
              rule ->
                  new Authentication(new TlsClientAuth(rule), keys.orElseGet(ClientKeys::none)));
      case SelfSignedTlsClientAuth.METHOD ->
          keys.map(known -> new Authentication(new SelfSignedTlsClientAuth(), known));
      default -> keys.map(known -> new Authentication(new PrivateKeyJwt(algorithm), known));
    };
  }

  /**
   * What the tokens of a client are bound to; never nothing, and never two things. One that is
   * registered for both binds by proofs: RFC 9449 section 5.2 has every token request of it without
   * a proof refused.
   */
  @Enforces({"SP-5.3.2.1-4", "SP-5.3.2.1-5", "DP-8", "MT-8", "IA-2.3.3"})
  Optional<SenderConstraint> binding(Section section) {
    boolean certificate =
        section
            .orElse(
                "tls_client_certificate_bound_access_tokens",
                Kinds.bool(false),
                "false",
                "Its access tokens are bound to the client certificate of the connection (RFC"
                    + " 8705 section 3). Beside `dpop_bound_access_tokens` that one counts.")
            .orElse(false);
    Optional<Boolean> said =
        section.optional(
            "dpop_bound_access_tokens",
            Kinds.bool(true),
            "`true`, or `false` beside `tls_client_certificate_bound_access_tokens`",
            "Its access tokens are bound to the key of a DPoP proof (RFC 9449).");
    boolean proof = said.orElse(!certificate);
    if (!proof && !certificate) {
      section.problem(
          "dpop_bound_access_tokens",
          "leaves its tokens bound to nothing: no such tokens are issued (SP-5.3.2.1-4)",
          "true");
      return Optional.empty();
    }
    if (certificate && !certificates.asked()) {
      section.problem(
          "tls_client_certificate_bound_access_tokens",
          "needs `mtls.url`, or a trusted proxy that hands on certificates",
          "");
    }
    return Optional.of(proof ? SenderConstraint.DPOP : SenderConstraint.MTLS);
  }

  /** A method that a party may be registered for. */
  static Kind<String> method() {
    List<String> methods =
        List.of(PrivateKeyJwt.METHOD, TlsClientAuth.METHOD, SelfSignedTlsClientAuth.METHOD);
    return new Kind<>(
        PrivateKeyJwt.METHOD,
        Shape.oneOf(methods),
        "Of `" + String.join("`, `", methods) + "`.",
        node -> {
          String value = Kinds.text(node);
          if (!methods.contains(value)) {
            throw new Kind.WrongValue(
                "must be one of: " + String.join(", ", methods) + " (SP-5.3.2.1-6)");
          }
          return value;
        });
  }

  /** Exactly one of the five, and only for {@code tls_client_auth}. */
  @Enforces("MT-2")
  private static Optional<SubjectRule> subject(Section section, String method) {
    List<Optional<SubjectRule>> rules =
        List.of(
            rule(
                section,
                SUBJECT,
                "CN=bank-app,O=Example Ltd,C=DE",
                "For `tls_client_auth`: the subject of its certificate (RFC 4514). Exactly one of"
                    + " the five `tls_client_auth_` keys is given.",
                SubjectRule.SubjectDn::new),
            rule(
                section,
                "tls_client_auth_san_dns",
                "app.example.com",
                "Or a DNS name in its `subjectAltName`.",
                SubjectRule.SanDns::new),
            rule(
                section,
                "tls_client_auth_san_uri",
                "https://app.example.com/id",
                "Or a URI in its `subjectAltName`, compared character by character.",
                SubjectRule.SanUri::new),
            rule(
                section,
                "tls_client_auth_san_ip",
                "192.0.2.7",
                "Or an IP address in its `subjectAltName`.",
                SubjectRule.SanIp::new),
            rule(
                section,
                "tls_client_auth_san_email",
                "app@example.com",
                "Or an email address in its `subjectAltName`.",
                SubjectRule.SanEmail::new));
    List<String> given = SUBJECTS.stream().filter(section::has).toList();
    if (method.equals(TlsClientAuth.METHOD)) {
      if (given.isEmpty()) {
        section.missing(SUBJECT, "CN=bank-app,O=Example Ltd,C=DE");
      } else if (given.size() > 1) {
        section.problem(
            given.getLast(), "stands beside " + given.getFirst() + "; keep one of them", "");
      }
    } else if (!given.isEmpty()) {
      section.problem(given.getFirst(), "means something with `tls_client_auth` alone", "");
    }
    return rules.stream().flatMap(Optional::stream).findFirst();
  }

  private static Optional<SubjectRule> rule(
      Section section,
      String key,
      String example,
      String doc,
      Function<String, SubjectRule> reader) {
    return section.optional(
        key,
        new Kind<>(
            example,
            Shape.text(),
            "",
            node -> {
              try {
                return reader.apply(Kinds.text(node));
              } catch (IllegalArgumentException e) {
                throw new Kind.WrongValue("is not of its form, like the example (MT-2)");
              }
            }),
        "none",
        doc);
  }

  private void requirePossible(Section section, String method, Optional<ClientKeys> keys) {
    String key = "token_endpoint_auth_method";
    if (!method.equals(PrivateKeyJwt.METHOD) && !certificates.asked()) {
      section.problem(key, "needs `mtls.url`, or a trusted proxy that hands on certificates", "");
    }
    if (method.equals(TlsClientAuth.METHOD) && certificates.authorities().isEmpty()) {
      section.problem(key, "needs `client_certificate_authorities`", "");
    }
    if (method.equals(SelfSignedTlsClientAuth.METHOD)
        && keys.filter(AuthenticationReader::lacksCertificates).isPresent()) {
      section.problem(key, "needs a key with an `x5c` in its jwks (MT-3)", "");
    }
  }

  private static boolean lacksCertificates(ClientKeys keys) {
    return keys instanceof ClientKeys.Fixed(JwkSet jwks)
        && jwks.keys().stream().allMatch(key -> key.certificates().isEmpty());
  }

  @Enforces("SP-5.4.2-0")
  private Optional<ClientKeys> keys(Section section, boolean needed) {
    Optional<ClientKeys> inline =
        section
            .either(
                "jwks",
                JsonKinds.jwks(),
                inPlaceOf("jwks_uri"),
                "The client's public keys (RFC 7517), as JSON or YAML. With"
                    + " `self_signed_tls_client_auth` each certificate stands in the `x5c` of its"
                    + " key; with `tls_client_auth` there need be none, unless its requests are"
                    + " signed.")
            .map(ClientKeys::of);
    Optional<ClientKeys> file =
        section
            .either(
                "jwks_file",
                JsonKinds.jwksFile(folder, files),
                inPlaceOf("jwks"),
                "The same in a JSON file.")
            .map(ClientKeys::of);
    Optional<ClientKeys> published =
        section
            .either(
                "jwks_uri",
                Kinds.jwksUri(),
                inPlaceOf("jwks"),
                "Where the client publishes them: fetched when needed, and again when it signs with"
                    + " a `kid` that is not known yet.")
            .map(ClientKeys::at);
    List<String> given = KEYS.stream().filter(section::has).toList();
    if (given.isEmpty() && needed) {
      section.missing("jwks", JsonKinds.jwks().example());
    } else if (given.size() > 1) {
      section.problem(
          given.getLast(), "stands beside " + given.getFirst() + "; keep one of them", "");
    }
    return Stream.of(inline, file, published).flatMap(Optional::stream).findFirst();
  }

  private static Absence.InPlaceOf inPlaceOf(String other) {
    return new Absence.InPlaceOf(other, "token_endpoint_auth_method", TlsClientAuth.METHOD);
  }
}
