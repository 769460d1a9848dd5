package dev.countersign.protocol.httpsig;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countersign.requirement.Enforces;

/** The bytes that are signed (RFC 9421 section 2.5). */
public final class SignatureBase {

  private static final int MAX_LENGTH = 256 * 1024;

  private SignatureBase() {}

  /**
   * The base of a signature of a request.
   *
   * @throws InvalidHttpSignatureException if the request does not have what is signed, or what is
   *     signed cannot be
   */
  public static byte[] of(RequestMessage request, SignatureParameters parameters)
      throws InvalidHttpSignatureException {
    return of(ComponentValues.of(request), parameters);
  }

  /**
   * The base of a signature of a response.
   *
   * @throws InvalidHttpSignatureException if the response and its request do not have what is
   *     signed, or what is signed cannot be
   */
  public static byte[] of(ResponseMessage response, SignatureParameters parameters)
      throws InvalidHttpSignatureException {
    return of(ComponentValues.of(response), parameters);
  }

  @Enforces("SIG-5")
  static byte[] of(ComponentValues values, SignatureParameters parameters)
      throws InvalidHttpSignatureException {
    StringBuilder base = new StringBuilder();
    for (Component component : parameters.components()) {
      base.append(component.identifier()).append(": ").append(values.value(component)).append('\n');
      if (base.length() > MAX_LENGTH) {
        throw new InvalidHttpSignatureException("SIG-5", "what is signed is over 256 KiB");
      }
    }
    base.append("\"@signature-params\": ").append(parameters.text().serialize());
    return base.toString().getBytes(US_ASCII);
  }
}
