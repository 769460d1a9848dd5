package dev.countersign.cli;

/** Who shall do the cryptography of this process. */
enum CryptoChoice {
  /** The Amazon Corretto Crypto Provider where it works, else the JDK. */
  AUTO,
  /** The Amazon Corretto Crypto Provider or nobody. */
  ACCP,
  /** The JDK. */
  JDK
}
