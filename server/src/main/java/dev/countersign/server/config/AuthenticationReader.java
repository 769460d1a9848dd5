package dev.countersign.server.config;

import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.mtls.SubjectRule;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.ClientAuthentication;
import dev.countersign.server.client.ClientAuthentication.PrivateKeyJwt;
import dev.countersign.server.client.ClientAuthentication.SelfSignedTlsClientAuth;
import dev.countersign.server.client.ClientAuthentication.TlsClientAuth;
import dev.countersign.server.client.ClientKeys;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys by which a client, or a resource server, says how it proves who it is. */
final class AuthenticationReader {
  private static final String METHOD = "token_endpoint_auth_method";
  private static final String ALGORITHM = "token_endpoint_auth_signing_alg";
  private static final List<String> KEYS = List.of("jwks", "jwks_file", "jwks_uri");

  private final Path folder;
  private final ReadFiles files;
  private final CertificateUse certificates;

  AuthenticationReader(Path folder, ReadFiles files, CertificateUse certificates) {
    this.folder = folder;
    this.files = files;
    this.certificates = certificates;
  }

  /**
   * What the keys say; each is empty if it is wrong.
   *
   * @param authentication the method with what belongs to it
   * @param keys {@link ClientKeys#none} only where the method needs none
   */
  record Read(Optional<ClientAuthentication> authentication, Optional<ClientKeys> keys) {}

  @Enforces({"SP-5.3.2.1-6", "MT-2", "MT-3"})
  Read read(Section section) {
    Optional<String> method =
        section.orElse(
            METHOD,
            CertificateKinds.method(),
            PrivateKeyJwt.METHOD,
            "How it authenticates: by a signed assertion, by a certificate of a trusted authority,"
                + " or by a certificate that is registered in `x5c` of its keys.");
    boolean byAuthority = method.equals(Optional.of(TlsClientAuth.METHOD));
    Optional<ClientKeys> keys = keys(section, byAuthority);
    Optional<SignatureAlgorithm> algorithm =
        section.optional(
            ALGORITHM,
            Kinds.algorithm(),
            "any that fits the key",
            "The only algorithm of its assertions.");
    Optional<SubjectRule> subject = subject(section, byAuthority);
    method
        .filter(wanted -> !wanted.equals(PrivateKeyJwt.METHOD))
        .ifPresent(wanted -> requireCertificates(section, byAuthority));
    if (method.equals(Optional.of(SelfSignedTlsClientAuth.METHOD))) {
      keys.ifPresent(registered -> requireRegistered(section, registered));
    }
    return new Read(method.flatMap(wanted -> authentication(wanted, algorithm, subject)), keys);
  }

  private static Optional<ClientAuthentication> authentication(
      String method, Optional<SignatureAlgorithm> algorithm, Optional<SubjectRule> subject) {
    return switch (method) {
      case TlsClientAuth.METHOD -> subject.map(TlsClientAuth::new);
      case SelfSignedTlsClientAuth.METHOD -> Optional.of(new SelfSignedTlsClientAuth());
      default -> Optional.of(new PrivateKeyJwt(algorithm));
    };
  }

  /** A method that nobody could use here is a mistake, and better found at the start. */
  private void requireCertificates(Section section, boolean byAuthority) {
    certificates.requireShown(section, METHOD);
    if (byAuthority && !certificates.authorities()) {
      section.problem(METHOD, "needs client_certificate_authorities (MT-2)", "");
    }
    if (section.has(ALGORITHM)) {
      section.problem(ALGORITHM, "is of private_key_jwt; a certificate signs no assertion", "");
    }
  }

  /** RFC 8705 section 2.1.2: exactly one. */
  private static Optional<SubjectRule> subject(Section section, boolean wanted) {
    Map<String, Optional<SubjectRule>> rules = rules(section);
    List<String> given = rules.keySet().stream().filter(section::has).toList();
    if (!wanted && !given.isEmpty()) {
      section.problem(given.getFirst(), "is of tls_client_auth", METHOD + ": tls_client_auth");
    } else if (wanted && given.isEmpty()) {
      section.missing("tls_client_auth_subject_dn", "'CN=app, O=Example, C=CH'");
    } else if (given.size() > 1) {
      section.problem(
          given.getLast(), "stands beside " + given.getFirst() + "; keep one of them (MT-2)", "");
    }
    return rules.values().stream().flatMap(Optional::stream).findFirst();
  }

  private static Map<String, Optional<SubjectRule>> rules(Section section) {
    Map<String, Optional<SubjectRule>> rules = new LinkedHashMap<>();
    String other = "none";
    rules.put(
        "tls_client_auth_subject_dn",
        section.optional(
            "tls_client_auth_subject_dn",
            CertificateKinds.subject("'CN=app, O=Example, C=CH'", SubjectRule.SubjectDn::new),
            other,
            "With `tls_client_auth`, exactly one of five: the subject of its certificate, as RFC"
                + " 4514 writes it (the most specific part first), compared without regard to case"
                + " and repeated spaces."));
    rules.put(
        "tls_client_auth_san_dns",
        section.optional(
            "tls_client_auth_san_dns",
            CertificateKinds.subject("app.example.com", SubjectRule.SanDns::new),
            other,
            "Or a `dNSName` of its certificate."));
    rules.put(
        "tls_client_auth_san_uri",
        section.optional(
            "tls_client_auth_san_uri",
            CertificateKinds.subject("https://app.example.com/", SubjectRule.SanUri::new),
            other,
            "Or a `uniformResourceIdentifier`, character by character."));
    rules.put(
        "tls_client_auth_san_ip",
        section.optional(
            "tls_client_auth_san_ip",
            CertificateKinds.subject("192.0.2.7", SubjectRule.SanIp::new),
            other,
            "Or an `iPAddress`, IPv4 or IPv6, however it is written."));
    rules.put(
        "tls_client_auth_san_email",
        section.optional(
            "tls_client_auth_san_email",
            CertificateKinds.subject("app@example.com", SubjectRule.SanEmail::new),
            other,
            "Or an `rfc822Name`; its domain without regard to case."));
    return rules;
  }

  /** What is published can only be looked at when it is needed. */
  @Enforces("MT-3")
  private static void requireRegistered(Section section, ClientKeys keys) {
    if (keys instanceof ClientKeys.Fixed(var jwks)
        && jwks.keys().stream().allMatch(key -> key.certificates().isEmpty())) {
      section.problem(
          KEYS.stream().filter(section::has).findFirst().orElse("jwks"),
          "has no key with x5c, whose first certificate is of that very key (MT-3)",
          "");
    }
  }

  private Optional<ClientKeys> keys(Section section, boolean optional) {
    Optional<ClientKeys> inline =
        section
            .either(
                "jwks",
                JsonKinds.jwks(),
                inPlaceOf("jwks_uri"),
                "The client's public keys (RFC 7517), as JSON or YAML.")
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
    if (given.isEmpty() && optional) {
      return Optional.of(ClientKeys.none());
    }
    if (given.isEmpty()) {
      section.missing("jwks", JsonKinds.jwks().example());
    } else if (given.size() > 1) {
      section.problem(
          given.getLast(), "stands beside " + given.getFirst() + "; keep one of them", "");
    }
    return inline.or(() -> file).or(() -> published);
  }

  private static Absence.InPlaceOf inPlaceOf(String other) {
    return new Absence.InPlaceOf(other, METHOD, TlsClientAuth.METHOD);
  }
}
