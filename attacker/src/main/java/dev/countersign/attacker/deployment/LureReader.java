package dev.countersign.attacker.deployment;

import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.edge.TlsIdentity;
import dev.countersign.protocol.oauth.ClientId;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;

/** Reads {@code listener} and {@code clients_under_test}: what lures, and whom. */
final class LureReader {
  private static final String HOST = "https://shop.example.com/";

  private final Kinds kinds;
  private final AllowedUrls urls;

  LureReader(Kinds kinds, AllowedUrls urls) {
    this.kinds = kinds;
    this.urls = urls;
  }

  /** Empty if anything is wrong. */
  Optional<TestListener> listener(Section section) {
    Optional<InetSocketAddress> listen =
        section.required("listen", Kinds.listen(), "The address to bind, and the port.");
    Optional<URI> url =
        section.required(
            "url",
            Kinds.origin("https://evil.example.net:9443"),
            "How the target reaches it: https, host and port.");
    url.ifPresent(one -> urls.require(section, "url", one));
    Optional<TestCertificate> certificate = CertificateReader.required(section, kinds, "evil");
    certificate.ifPresent(one -> requireServers(section, one));
    Optional<TestCertificate> ofOtherHost =
        shown(
            section,
            "certificate_of_other_host",
            "other",
            "One that is good, but for another host, of an authority that clients trust.");
    Optional<TestCertificate> expired =
        shown(
            section,
            "expired_certificate",
            "old",
            "One that is over, of an authority that clients trust.");
    return section.finish(
        () ->
            new TestListener(
                listen.orElseThrow().getHostString(),
                listen.orElseThrow().getPort(),
                url.orElseThrow(),
                certificate.orElseThrow(),
                ofOtherHost,
                expired));
  }

  /** One that clients must refuse. */
  private Optional<TestCertificate> shown(
      Section section, String key, String example, String meaning) {
    return section.section(
        key,
        "clients are not shown such a one",
        meaning,
        own -> {
          Optional<TestCertificate> certificate = CertificateReader.required(own, kinds, example);
          certificate.ifPresent(one -> requireServers(own, one));
          return own.finish(certificate::orElseThrow);
        });
  }

  /** Said here, as it would only be noticed when it begins to listen. */
  private static void requireServers(Section section, TestCertificate certificate) {
    try {
      TlsIdentity.of(certificate.chain(), certificate.key());
    } catch (InvalidTlsIdentityException e) {
      section.fault("certificate", "is none for a server: " + e.getMessage(), "");
    }
  }

  /** Empty if anything is wrong. */
  Optional<ClientUnderTest> clientUnderTest(Section section) {
    Pages pages = pages(section);
    Optional<ClientId> idAtHonest =
        section.required(
            "client_id_at_honest", Kinds.clientId("shop"), "Its `client_id` at the target.");
    Optional<ClientId> idAtHostile =
        section.required(
            "client_id_at_hostile",
            Kinds.clientId("shop-at-evil"),
            "Its `client_id` at the attacker's server.");
    Optional<Boolean> signedResponses =
        section.orElse(
            "signed_responses",
            Kinds.bool(),
            false,
            "Whether it takes signed authorization responses (JARM) alone from the attacker's"
                + " server.");
    Optional<Boolean> httpSignatures =
        section.orElse(
            "http_signatures",
            Kinds.bool(),
            false,
            "Whether it signs what it asks at `data_hostile` and takes signed answers alone (HTTP"
                + " Message Signatures).");
    return section.finish(
        () ->
            new ClientUnderTest(
                pages.startHostile().orElseThrow(),
                pages.startHonest().orElseThrow(),
                pages.callbackHostile().orElseThrow(),
                pages.callbackHonest().orElseThrow(),
                pages.whoami().orElseThrow(),
                pages.data(),
                pages.dataHostile(),
                idAtHonest.orElseThrow(),
                idAtHostile.orElseThrow(),
                signedResponses.orElseThrow(),
                httpSignatures.orElseThrow()));
  }

  /** Where it is reached. */
  private record Pages(
      Optional<URI> startHostile,
      Optional<URI> startHonest,
      Optional<URI> callbackHostile,
      Optional<URI> callbackHonest,
      Optional<URI> whoami,
      Optional<URI> data,
      Optional<URI> dataHostile) {}

  private Pages pages(Section section) {
    return new Pages(
        page(
            section,
            "start_hostile",
            "login/evil",
            "Begins a flow with the attacker's server: answers a GET, or the form that it shows,"
                + " with a redirect to the authorization endpoint."),
        page(section, "start_honest", "login/as", "The same with the target's."),
        page(
            section,
            "callback_hostile",
            "callback/evil",
            "Where it takes the browser back to from the attacker's server."),
        page(section, "callback_honest", "callback/as", "The same from the target's."),
        page(
            section,
            "whoami",
            "me",
            "Says who is logged in: 200 and a text that holds the `sub`, or anything else if"
                + " nobody is. JSON may say in `jkt` which DPoP key the tokens are bound to."),
        urls.optional(
            section,
            "data",
            HOST + "accounts",
            "recipes that need it do not run",
            "Shows data that the client reads at the protected resource."),
        urls.optional(
            section,
            "data_hostile",
            HOST + "accounts/evil",
            "recipes that need it do not run",
            "Shows what the client reads at the attacker's resource, `listener.url` with the path"
                + " `/resource`, with the tokens of the attacker's server."));
  }

  private Optional<URI> page(Section section, String key, String example, String meaning) {
    return urls.required(section, key, HOST + example, meaning);
  }
}
