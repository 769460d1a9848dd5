package dev.countersign.it.journey;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One variant of the Security Profile.
 *
 * @param authentication how the client shows who it is
 * @param certificateBinds whether its tokens are bound to its certificate, or else to a DPoP key
 * @param openid whether it asks who the person is
 */
record Variant(Authentication authentication, boolean certificateBinds, boolean openid) {

  /** By a signature, or by a certificate in two ways. */
  enum Authentication {
    PRIVATE_KEY_JWT,
    /** By the name in a certificate of an authority. */
    TLS_CLIENT_AUTH,
    /** By a certificate among the client's keys. */
    SELF_SIGNED_TLS_CLIENT_AUTH;

    /** Its value in a registration. */
    String method() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** All with a person. */
  static Stream<Variant> all() {
    return Stream.concat(ofClients(), ofClients().map(one -> new Variant(one, true)));
  }

  /** All without: there is nobody to ask about. */
  static Stream<Variant> ofClients() {
    return Stream.of(Authentication.values())
        .flatMap(
            authentication ->
                Stream.of(false, true).map(binds -> new Variant(authentication, binds, false)));
  }

  private Variant(Variant other, boolean openid) {
    this(other.authentication, other.certificateBinds, openid);
  }

  /** Whether the client needs a certificate at all. */
  boolean showsCertificate() {
    return certificateBinds || authentication != Authentication.PRIVATE_KEY_JWT;
  }

  /** The scheme that its tokens are shown with. */
  String scheme() {
    return certificateBinds ? "Bearer" : "DPoP";
  }

  /** What is asked of the person. */
  String scope() {
    return openid ? "openid profile accounts" : "accounts";
  }

  /** The members of the client's registration, beside its keys. */
  List<String> registration() {
    List<String> always =
        List.of(
            "token_endpoint_auth_method: " + authentication.method(),
            "dpop_bound_access_tokens: " + !certificateBinds,
            "tls_client_certificate_bound_access_tokens: " + certificateBinds);
    return authentication == Authentication.TLS_CLIENT_AUTH
        ? Stream.concat(
                always.stream(),
                Stream.of("tls_client_auth_subject_dn: '" + VariantWorld.SUBJECT + "'"))
            .toList()
        : always;
  }
}
