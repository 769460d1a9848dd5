package dev.countersign.edge;

import dev.countersign.edge.ClientCertFields.InvalidFieldException;
import dev.countersign.edge.TrustedProxies.ClientAddressField;
import dev.countersign.protocol.http.Headers;
import dev.countersign.requirement.Enforces;
import dev.countersign.requirement.RequirementId;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The fields in which proxies say who the client is. They are believed if a trusted proxy wrote
 * them, and nobody behind the edge ever sees them, whoever wrote them.
 */
final class ProxyFields {
  private static final RequirementId STRANGER = new RequirementId("MT-12");
  private static final RequirementId STRICT = new RequirementId("MT-13");
  private static final RequirementId FORWARDED = new RequirementId("BCP-2.6-3");
  private static final Set<String> NAMES =
      Set.of(ClientCertFields.LEAF, ClientCertFields.CHAIN, "x-forwarded-for", "forwarded");

  private final TrustedProxies proxies;

  ProxyFields(TrustedProxies proxies) {
    this.proxies = proxies;
  }

  /** What comes of a request. */
  sealed interface Judged {
    /** It goes on, from whom it is in truth. */
    record From(HttpRequest request) implements Judged {}

    /** It does not. */
    record Refused(RefusedRequest.Reason reason) implements Judged {}
  }

  /** Whether the field is one of these. */
  @Enforces({"MT-10", "MT-12", "BCP-2.6-3"})
  static boolean owns(String name) {
    return NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  /**
   * Says who sent a request.
   *
   * @param head the request without these fields, from the peer of the connection
   * @param fields these fields
   * @param peer the address of the peer, if it has one; it is no proxy otherwise
   */
  @Enforces({"MT-10", "MT-12", "MT-13", "BCP-2.6-3"})
  Judged judge(HttpRequest head, Headers fields, Optional<InetAddress> peer) {
    if (peer.filter(proxies::include).isEmpty()) {
      // Only where they would be believed from another: there, it is an attack or a mistake.
      return proxies.clientCertificate() && hasCertificate(fields)
          ? refused(STRANGER, "Client-Cert from an address that is no trusted proxy")
          : new Judged.From(head);
    }
    Optional<List<String>> nodes = nodes(fields);
    if (nodes.isEmpty()) {
      return refused(FORWARDED, "Forwarded is not what RFC 7239 section 4 allows");
    }
    HttpRequest from =
        head.withRemoteAddress(lastStranger(nodes.get(), peer.get()).getHostAddress());
    if (!proxies.clientCertificate()) {
      return new Judged.From(from);
    }
    try {
      // In place of the connection's own, which is the proxy's.
      return new Judged.From(from.withClientCertificates(ClientCertFields.read(fields)));
    } catch (InvalidFieldException e) {
      return refused(STRICT, String.valueOf(e.getMessage()));
    }
  }

  private static boolean hasCertificate(Headers fields) {
    return fields.first(ClientCertFields.LEAF).isPresent()
        || fields.first(ClientCertFields.CHAIN).isPresent();
  }

  private Optional<List<String>> nodes(Headers fields) {
    return switch (proxies.clientAddress()) {
      case ClientAddressField.NONE -> Optional.of(List.of());
      case ClientAddressField.X_FORWARDED_FOR ->
          Optional.of(ForwardedNodes.ofList(fields.all("x-forwarded-for")));
      case ClientAddressField.FORWARDED -> ForwardedNodes.ofForwarded(fields.all("forwarded"));
    };
  }

  /**
   * The last address that is no trusted proxy's: what stands before it, that stranger may have
   * written. Where a proxy names nobody, itself; the first, if all are trusted.
   */
  private InetAddress lastStranger(List<String> nodes, InetAddress peer) {
    InetAddress known = peer;
    for (String node : nodes.reversed()) {
      Optional<InetAddress> before = IpLiteral.parseWithPort(node);
      if (before.isEmpty()) {
        return known;
      }
      known = before.get();
      if (!proxies.include(known)) {
        return known;
      }
    }
    return known;
  }

  private static Judged refused(RequirementId rule, String detail) {
    return new Judged.Refused(new RefusedRequest.Reason(rule, detail));
  }
}
