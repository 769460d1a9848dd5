package dev.countersign.server.client;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.mtls.CertificateRules;
import dev.countersign.protocol.mtls.ClientCertificate;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Judges the certificate of a client that registered one (RFC 8705 section 2). Immutable. */
final class CertificateAuthenticator {
  private final List<X509Certificate> authorities;
  private final KeysOfClients keys;

  /**
   * Takes certificates that clients registered, or that one of these authorities signed.
   *
   * @param keys where registered certificates are
   */
  CertificateAuthenticator(List<X509Certificate> authorities, KeysOfClients keys) {
    this.authorities = List.copyOf(authorities);
    this.keys = keys;
  }

  /**
   * The client itself, if the certificate is its own; otherwise {@code invalid_client}. More than
   * one method is {@code invalid_request}, as it is of any other client.
   */
  @Enforces({"MT-2", "MT-3", "MT-4", "SP-5.3.2.1-6"})
  AuthenticatedClient authenticate(
      RegisteredClient client,
      Form form,
      Headers headers,
      Optional<ClientCertificate> certificate,
      Instant now) {
    refuseOtherMethods(form, headers, certificate);
    ClientCertificate shown =
        certificate.orElseThrow(() -> failed("MT-4", "the client showed no certificate"));
    CertificateRules.unfit(shown, now)
        .ifPresent(
            reason -> {
              throw failed("MT-4", "the certificate " + shown.thumbprint() + ": " + reason);
            });
    switch (client.authentication()) {
      case ClientAuthentication.PrivateKeyJwt jwt ->
          throw new IllegalArgumentException("the client is registered for " + jwt.method());
      case ClientAuthentication.TlsClientAuth(var subject) -> {
        if (!subject.matches(shown.certificate())) {
          throw failed(
              "MT-2", Refusal.mismatch("subject", subjectOf(shown), subject + " as registered"));
        }
        if (!CertificateRules.leadsTo(authorities, shown, now)) {
          throw failed(
              "MT-2", "the certificate " + shown.thumbprint() + " leads to no trusted authority");
        }
      }
      case ClientAuthentication.SelfSignedTlsClientAuth selfSigned -> {
        if (!keys.hasCertificate(client, shown.certificate())) {
          throw failed(
              "MT-3", "the certificate " + shown.thumbprint() + " is none of the client's");
        }
      }
    }
    return new ClientWithCertificate(client);
  }

  /** A registered certificate is the one method; an assertion or a secret beside it is another. */
  @Enforces("CA-7")
  private static void refuseOtherMethods(
      Form form, Headers headers, Optional<ClientCertificate> certificate) {
    boolean assertion = form.has("client_assertion") || form.has("client_assertion_type");
    int others =
        headers.all("Authorization").size()
            + (form.has("client_secret") ? 1 : 0)
            + (assertion ? 1 : 0);
    if (others == 0) {
      return;
    }
    if (others > 1 || certificate.isPresent()) {
      throw Refusal.oauth(
              OAuthError.INVALID_REQUEST, "CA-7", "more than one client authentication method")
          .exception();
    }
    throw failed("MT-4", "another method than the registered certificate");
  }

  private static String subjectOf(ClientCertificate shown) {
    return shown.certificate().getSubjectX500Principal().getName();
  }

  private static RefusalException failed(String rule, String detail) {
    return Refusal.oauth(OAuthError.INVALID_CLIENT, rule, "client authentication failed")
        .withDetail(detail)
        .exception();
  }
}
