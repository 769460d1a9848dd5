package dev.countersign.server.client;

import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.mtls.SubjectRule;
import java.util.Optional;

/** How a client says who it is, by its registration ({@code token_endpoint_auth_method}). */
public sealed interface ClientAuthentication {

  /** The method's name in metadata. */
  String method();

  /**
   * Signs assertions (OpenID Connect Core section 9).
   *
   * @param algorithm the only algorithm of its assertions ({@code
   *     token_endpoint_auth_signing_alg}); empty: any of ours that fits the key
   */
  record PrivateKeyJwt(Optional<SignatureAlgorithm> algorithm) implements ClientAuthentication {
    /** The method's name. */
    public static final String METHOD = "private_key_jwt";

    @Override
    public String method() {
      return METHOD;
    }
  }

  /**
   * Shows a certificate that an authority signed (RFC 8705 section 2.1).
   *
   * @param subject whose certificate it must be
   */
  record TlsClientAuth(SubjectRule subject) implements ClientAuthentication {
    /** The method's name. */
    public static final String METHOD = "tls_client_auth";

    @Override
    public String method() {
      return METHOD;
    }
  }

  /** Shows a certificate that it registered with its keys (RFC 8705 section 2.2). */
  record SelfSignedTlsClientAuth() implements ClientAuthentication {
    /** The method's name. */
    public static final String METHOD = "self_signed_tls_client_auth";

    @Override
    public String method() {
      return METHOD;
    }
  }
}
