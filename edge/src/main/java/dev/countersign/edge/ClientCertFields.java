package dev.countersign.edge;

import dev.countersign.protocol.http.Headers;
import dev.countersign.requirement.Enforces;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code Client-Cert} and {@code Client-Cert-Chain} (RFC 9440 section 2), read strictly: byte
 * sequences of structured fields (RFC 8941 section 3.3.5) that hold DER, without parameters.
 */
final class ClientCertFields {
  static final String LEAF = "client-cert";
  static final String CHAIN = "client-cert-chain";

  private static final Pattern BYTES = Pattern.compile(":([A-Za-z0-9+/]+={0,2}):");

  private ClientCertFields() {}

  /** A field that is not what RFC 9440 says; the message is for the log and holds no input. */
  static final class InvalidFieldException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidFieldException(String message) {
      super(message);
    }
  }

  /**
   * The certificates, the client's own first; empty if there is neither field. Held to the same
   * bounds as in a handshake of ours.
   */
  @Enforces({"MT-10", "MT-13"})
  static List<X509Certificate> read(Headers headers) throws InvalidFieldException {
    List<String> leaf = headers.all(LEAF);
    List<String> issuers = headers.all(CHAIN);
    if (leaf.isEmpty() && issuers.isEmpty()) {
      return List.of();
    }
    if (leaf.size() != 1) {
      throw new InvalidFieldException("Client-Cert must be there once with Client-Cert-Chain");
    }
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(certificate("Client-Cert", leaf.getFirst()));
    for (String line : issuers) {
      for (String item : line.split(",", -1)) {
        chain.add(certificate("Client-Cert-Chain", item.strip()));
      }
    }
    try {
      AnyClient.requireBounds(chain.toArray(X509Certificate[]::new));
    } catch (CertificateException e) {
      throw new InvalidFieldException("Client-Cert: " + e.getMessage());
    }
    return chain;
  }

  private static X509Certificate certificate(String field, String item)
      throws InvalidFieldException {
    Matcher bytes = BYTES.matcher(item);
    if (!bytes.matches()) {
      throw new InvalidFieldException(field + " is not a byte sequence, :base64:");
    }
    try {
      byte[] der = Base64.getDecoder().decode(bytes.group(1));
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      X509Certificate certificate =
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
      // Java also reads PEM and whatever stands before something else.
      if (!Arrays.equals(certificate.getEncoded(), der)) {
        throw new InvalidFieldException(field + " holds more, or other, than one DER certificate");
      }
      return certificate;
    } catch (IllegalArgumentException | CertificateException _) {
      throw new InvalidFieldException(field + " holds no DER certificate in base64");
    }
  }
}
