package dev.countersign.server.config;

import dev.countersign.edge.AddressRange;
import dev.countersign.edge.TrustedProxies;
import dev.countersign.edge.TrustedProxies.ClientAddressField;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The keys of the second listener and of the proxies in front of both. */
final class ListenersReader {
  private static final String PORT = "8444";

  private final Path folder;

  ListenersReader(Path folder) {
    this.folder = folder;
  }

  /** The second listener; an empty value inside if there is none to be. */
  Optional<Optional<MtlsConfig>> mtls(
      Section mtls, Optional<Issuer> issuer, Optional<ListenAddress> first) {
    Optional<URI> origin =
        mtls.optional(
            "url",
            Kinds.origin(),
            "no second listener",
            "The public address of a second listener that asks clients for a certificate without"
                + " insisting. PAR, token, revocation, introspection and userinfo answer there,"
                + " too, at the same paths; the metadata names them as `mtls_endpoint_aliases` (RFC"
                + " 8705 section 5).");
    Optional<String> host =
        mtls.orElse(
            "host",
            Kinds.text("127.0.0.1"),
            "127.0.0.1",
            "A name or address of this machine; `0.0.0.0` is all of its addresses.");
    Optional<Integer> port = mtls.orElse("port", Kinds.port(PORT), PORT, "The TCP port.");
    Optional<TlsFiles> tls = tls(mtls);
    if (!mtls.has("url") && (mtls.has("certificate") || mtls.has("key"))) {
      mtls.missing("url", Kinds.origin().example());
    }
    if (origin.isPresent() && issuer.filter(of -> isOf(origin.get(), of)).isPresent()) {
      mtls.problem("url", "is the address of the issuer; it needs another host or port", "");
    }
    Optional<ListenAddress> listen =
        host.flatMap(name -> port.map(number -> new ListenAddress(name, number)));
    if (mtls.has("url") && listen.isPresent() && first.filter(listen.get()::excludes).isPresent()) {
      mtls.problem("port", "is taken by listen.port", PORT);
    }
    return mtls.finish(
        () -> origin.map(address -> new MtlsConfig(address, listen.orElseThrow(), tls)));
  }

  private Optional<TlsFiles> tls(Section mtls) {
    Optional<Path> certificate =
        mtls.optional(
            "certificate",
            Kinds.file(folder, "mtls.pem"),
            "`tls.certificate`",
            "PEM file with the certificate of this listener and its chain, if it has one of its"
                + " own.");
    Optional<Path> key =
        mtls.optional(
            "key",
            Kinds.file(folder, "mtls-key.pem"),
            "`tls.key`",
            "PEM file with the private key to it (PKCS #8).");
    if (mtls.has("certificate") != mtls.has("key")) {
      mtls.missing(
          mtls.has("key") ? "certificate" : "key", mtls.has("key") ? "mtls.pem" : "mtls-key.pem");
    }
    return certificate.flatMap(chain -> key.map(file -> new TlsFiles(chain, file)));
  }

  /** Whether somebody who connects to the one reaches the other. */
  private static boolean isOf(URI origin, Issuer issuer) {
    URI other = issuer.uri();
    return origin.getHost().equalsIgnoreCase(other.getHost()) && port(origin) == port(other);
  }

  private static int port(URI url) {
    return url.getPort() < 0 ? 443 : url.getPort();
  }

  @Enforces({"MT-13"})
  Optional<TrustedProxies> proxies(Section proxies) {
    List<AddressRange> addresses =
        proxies.someOf(
            "addresses",
            Kinds.addressRange(),
            "none",
            "Where they connect from. Only proxies that end TLS themselves and write the fields"
                + " below anew on every request; everybody is believed who connects from there.");
    Optional<ClientAddressField> clientAddress =
        proxies.orElse(
            "client_address",
            Kinds.clientAddressField(),
            "none",
            "The field in which they say who the client is, so that `login.failures_per_address`"
                + " counts people and not proxies.");
    Optional<Boolean> clientCertificate =
        proxies.orElse(
            "client_certificate",
            Kinds.bool(true),
            "false",
            "Whether they ask clients for certificates and hand them on in `Client-Cert` and"
                + " `Client-Cert-Chain` (RFC 9440). Only if they remove these fields from what"
                + " clients send: otherwise everybody can be everybody.");
    boolean believed =
        clientAddress.filter(field -> field != ClientAddressField.NONE).isPresent()
            || clientCertificate.orElse(false);
    if (believed && !proxies.has("addresses")) {
      proxies.missing("addresses", "[" + Kinds.addressRange().example() + "]");
    }
    return proxies.finish(
        () ->
            new TrustedProxies(
                addresses, clientAddress.orElseThrow(), clientCertificate.orElseThrow()));
  }
}
