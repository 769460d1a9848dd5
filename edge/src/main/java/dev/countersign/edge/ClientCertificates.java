package dev.countersign.edge;

/** Whether a server asks its clients for a certificate in the handshake. */
public enum ClientCertificates {
  /** It does not ask. */
  NONE,

  /**
   * It asks and does not insist. Who has a certificate proves its key, and the certificate then
   * stands in {@link HttpRequest#clientCertificates}, whoever signed it (RFC 8705 section 6.2): the
   * path is judged later, because only then it is known which client it must belong to. The
   * handshake fails if the key is not proven, or if the chain is longer, larger or weaker than any
   * client's needs to be: more than 6 certificates, more than 16 KiB, an RSA key of less than 2048
   * bits, a curve of less than 256.
   */
  WANTED
}
