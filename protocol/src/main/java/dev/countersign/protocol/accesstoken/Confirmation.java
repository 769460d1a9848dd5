package dev.countersign.protocol.accesstoken;

import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.mtls.CertificateThumbprint;
import dev.countersign.requirement.Enforces;
import java.util.Optional;

/**
 * What an access token is bound to, its claim {@code cnf} (RFC 7800): one key or one certificate,
 * never both and never none.
 */
public sealed interface Confirmation {

  /** The {@code token_type} of a token that is bound like this. */
  String tokenType();

  /** The thumbprint of the key or certificate; not a secret. */
  String thumbprint();

  /** The claim. */
  JsonObject toJson();

  /**
   * Bound to the key of DPoP proofs (RFC 9449 section 6.1).
   *
   * @param jkt its thumbprint
   */
  record DpopKey(Thumbprint jkt) implements Confirmation {
    @Override
    public String tokenType() {
      return "DPoP";
    }

    @Override
    public String thumbprint() {
      return jkt.value();
    }

    @Override
    @Enforces("DP-9")
    public JsonObject toJson() {
      return JsonObject.builder().put("jkt", jkt.value()).build();
    }
  }

  /**
   * Bound to a client certificate (RFC 8705 section 3.1).
   *
   * @param x5t its thumbprint
   */
  record Certificate(CertificateThumbprint x5t) implements Confirmation {
    /** RFC 8705 section 3 leaves the type of the token as it was. */
    @Override
    public String tokenType() {
      return "Bearer";
    }

    @Override
    public String thumbprint() {
      return x5t.value();
    }

    @Override
    @Enforces("MT-5")
    public JsonObject toJson() {
      return JsonObject.builder().put("x5t#S256", x5t.value()).build();
    }
  }

  /**
   * Reads the claim.
   *
   * @return empty unless it names exactly one of the two
   * @throws MalformedJsonException if a member is no string
   * @throws IllegalArgumentException if a thumbprint has another form
   */
  @Enforces({"SP-5.3.2.1-5", "IA-2.3.3"})
  static Optional<Confirmation> read(JsonObject cnf) throws MalformedJsonException {
    Optional<String> jkt = cnf.string("jkt");
    Optional<String> x5t = cnf.string("x5t#S256");
    if (jkt.isPresent() == x5t.isPresent()) {
      return Optional.empty();
    }
    return jkt.isPresent()
        ? jkt.map(value -> new DpopKey(new Thumbprint(value)))
        : x5t.map(value -> new Certificate(new CertificateThumbprint(value)));
  }
}
