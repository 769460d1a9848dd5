package dev.countersign.server.register;

import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import java.util.Set;

/** Refusals of metadata. The developer learns which member is meant, the log why. */
final class Refused {
  /** Names that go out: ours alone, never one that came. */
  private static final Set<String> NAMED =
      Set.of(
          "redirect_uris",
          "token_endpoint_auth_method",
          "token_endpoint_auth_signing_alg",
          "tls_client_auth_subject_dn",
          "tls_client_auth_san_dns",
          "tls_client_auth_san_uri",
          "tls_client_auth_san_ip",
          "tls_client_auth_san_email",
          "tls_client_certificate_bound_access_tokens",
          "dpop_bound_access_tokens",
          "jwks",
          "jwks_uri",
          "grant_types",
          "response_types",
          MessageMembers.RESPONSE_MODES,
          "scope",
          "client_name",
          "client_uri",
          "logo_uri",
          "policy_uri",
          "tos_uri",
          "id_token_signed_response_alg",
          MessageMembers.SIGNED_REQUESTS,
          MessageMembers.REQUEST_ALGORITHM,
          MessageMembers.RESPONSE_ALGORITHM,
          "use_mtls_endpoint_aliases",
          "authorization_details_types",
          "subject_type",
          "application_type",
          "contacts",
          "software_id",
          "software_version",
          "software_statement",
          "client_id",
          "client_id_issued_at",
          "client_secret",
          "client_secret_expires_at",
          "registration_access_token",
          "registration_client_uri");

  private Refused() {}

  /** A member of another type than it must have. */
  static RefusalException malformed(MalformedJsonException e) {
    return Refusal.oauth(
            OAuthError.INVALID_CLIENT_METADATA,
            "DC-2",
            named(e.member().orElse("")) + " is not acceptable here")
        .withDetail(e.reason())
        .exception();
  }

  static RefusalException because(OAuthError error, String member, String fault) {
    return because(error, "DC-2", member, fault);
  }

  /** The same under another rule than DC-2. */
  static RefusalException because(OAuthError error, String rule, String member, String fault) {
    return Refusal.oauth(error, rule, named(member) + " is not acceptable here")
        .withDetail(member + " " + fault)
        .exception();
  }

  private static String named(String member) {
    boolean ours = NAMED.contains(member) || MessageMembers.ENCRYPTION.contains(member);
    return ours ? member : "a member of the registration";
  }
}
