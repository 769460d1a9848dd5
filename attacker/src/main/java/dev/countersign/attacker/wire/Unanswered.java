package dev.countersign.attacker.wire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells a server that closed the connection, which may be its way to refuse, from one of which
 * nothing is known.
 */
final class Unanswered {
  private static final int LONGEST = 200;

  private Unanswered() {}

  /**
   * Why nothing is known of the answer; empty if the server closed the connection instead.
   *
   * @param begun whether status and fields of an answer had come
   */
  static Optional<NoAnswerException> because(URI url, IOException e, boolean begun) {
    return Optional.of(reason(Fields.authority(url), e, begun))
        .filter(reason -> !reason.isEmpty())
        .map(reason -> new NoAnswerException(reason, e));
  }

  private static String reason(String host, IOException e, boolean begun) {
    if (e instanceof HttpTimeoutException || e instanceof SocketTimeoutException) {
      return late(host);
    }
    if (e instanceof ConnectException
        || e instanceof UnknownHostException
        || e instanceof NoRouteToHostException) {
      return "no answer from " + host + ": there is no connection to it";
    }
    if (has(e, CertPathBuilderException.class) || has(e, CertPathValidatorException.class)) {
      return "the certificate of "
          + host
          + " is not trusted: no authority that the key trust names vouches for it ("
          + said(e)
          + ")";
    }
    if (has(e, CertificateException.class)) {
      return "the certificate of " + host + " is not right (" + said(e) + ")";
    }
    if (e instanceof ProtocolException) {
      return "the answer of " + host + " is not HTTP (" + said(e) + ")";
    }
    return begun ? "the answer of " + host + " broke off (" + said(e) + ")" : "";
  }

  /** Nothing came, or not all of it, in the time that the target file gives. */
  static String late(String host) {
    return "no answer from " + host + " in time (key timeout)";
  }

  static String said(Throwable e) {
    return Texts.oneLine(String.valueOf(e.getMessage()), LONGEST);
  }

  private static boolean has(Throwable e, Class<? extends Exception> kind) {
    return Stream.iterate(e, one -> one != null, Throwable::getCause).anyMatch(kind::isInstance);
  }
}
