package dev.countersign.cli.conformance;

import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where everybody is.
 *
 * @param suite the suite's address, without a slash at the end
 * @param alias what the suite calls the plan: part of its redirect URIs
 * @param host what the suite calls the machine of the server
 * @param bind the address of this machine that the server listens at
 * @param port of the authorization server; the next one asks for certificates, the one behind it is
 *     the API's
 */
public record Addresses(URI suite, String alias, String host, String bind, int port) {
  private static final int PORTS = 3;
  private static final int LAST_PORT = 65535;
  private static final int HTTPS_PORT = 443;

  /** What the suite adds to the redirect URI of the second client. */
  static final String QUERY = "?dummy1=lorem&dummy2=ipsum";

  /** Refuses addresses that are none, with {@link IllegalArgumentException}. */
  public Addresses {
    if (!"https".equals(suite.getScheme()) || suite.getHost() == null) {
      throw new IllegalArgumentException("The suite's address must be an https URL");
    }
    if (suite.getRawUserInfo() != null
        || !suite.getRawPath().matches("/*")
        || suite.getRawQuery() != null
        || suite.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "The suite's address must be https, host and port, and nothing else");
    }
    if (suite.getPort() >= LAST_PORT) {
      throw new IllegalArgumentException("The suite's port must leave room for the next one");
    }
    if (!alias.matches("[A-Za-z0-9_-]{1,100}")) {
      throw new IllegalArgumentException(
          "The alias must be 1 to 100 letters, digits, hyphens and underscores");
    }
    if (port < 1 || port > LAST_PORT - PORTS + 1) {
      throw new IllegalArgumentException("Three ports are needed, from the one that is given");
    }
    suite = URI.create(suite.toString().replaceFirst("/+$", ""));
    origin(host, port);
  }

  /** Where the suite calls its plan by the alias. */
  private String plan() {
    return suite + "/test/a/" + alias;
  }

  /** The redirect URI of both clients. */
  RedirectUri callback() {
    return new RedirectUri(plan() + "/callback");
  }

  /** That of the second client in some tests. */
  RedirectUri callbackWithQuery() {
    return new RedirectUri(plan() + "/callback" + QUERY);
  }

  /**
   * The API that the suite plays in the plans for clients.
   *
   * @param withCertificate whether it is called with a certificate, which the suite wants at its
   *     second port
   */
  String suiteApi(boolean withCertificate) {
    String base = withCertificate ? suiteMtls() + "/test-mtls/a/" + alias : plan();
    return base + "/open-banking/v1.1/accounts";
  }

  /** As the suite's own compose files have it: the next port. */
  private URI suiteMtls() {
    int listens = suite.getPort() < 0 ? HTTPS_PORT : suite.getPort();
    return origin(suite.getHost(), listens + 1);
  }

  /** Where the driver of the plans for clients is called back; nobody needs to listen there. */
  RedirectUri clientCallback() {
    return new RedirectUri("https://client.example.com/callback");
  }

  /** The issuer that the suite plays in the plans for clients; it ends with a slash. */
  String suiteIssuer() {
    return plan() + "/";
  }

  /** The authorization server. */
  Issuer issuer() {
    return new Issuer(origin(host, port).toString());
  }

  /** Where it asks for certificates. */
  URI mtls() {
    return origin(host, mtlsPort());
  }

  /** The port of that. */
  int mtlsPort() {
    return port + 1;
  }

  /** The API: also the audience of access tokens. */
  URI api() {
    return origin(host, port + 2);
  }

  /** What the suite calls with an access token. */
  URI resource() {
    return api().resolve("/accounts");
  }

  private static URI origin(String host, int port) {
    try {
      URI origin = new URI("https", null, host, port, null, null, null);
      if (host.equals(origin.getHost())) {
        return origin;
      }
      throw new IllegalArgumentException("The host is no host name: " + host);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("The host is no host name: " + host, e);
    }
  }
}
