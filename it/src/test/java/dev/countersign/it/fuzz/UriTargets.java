package dev.countersign.it.fuzz;

import dev.countersign.protocol.metadata.ProtectedResourceMetadata;
import dev.countersign.protocol.mtls.SubjectRule.SubjectDn;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.RefusalException;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Single values with a grammar of their own: URIs, scope and names. */
final class UriTargets {
  private static final Set<Class<? extends Exception>> REFUSED = Set.of(RefusalException.class);

  static final List<Target<?>> ALL =
      List.of(
          Target.ofText("redirect-uri", REFUSED, RedirectUri::parse, UriTargets::isPlain),
          Target.ofText(
              "resource-indicator", REFUSED, ResourceIndicator::parse, UriTargets::isAbsolute),
          Target.ofText("scope", REFUSED, Scope::parse, UriTargets::sameScope),
          Target.ofText(
              "well-known",
              Set.of(IllegalArgumentException.class),
              UriTargets::wellKnown,
              UriTargets::isBesideTheResource),
          Target.ofText(
              "distinguished-name",
              Set.of(IllegalArgumentException.class),
              UriTargets::names,
              UriTargets::compareAsNames));

  private UriTargets() {}

  private static void isPlain(RedirectUri redirect, String input) {
    URI uri = redirect.uri();
    Holds.equal(redirect.value(), input, "every character stays");
    Holds.that(uri.getHost() != null && uri.getRawUserInfo() == null, "a host and no user");
    Holds.that(uri.getRawFragment() == null && input.indexOf('#') < 0, "no fragment");
    Holds.that(input.chars().allMatch(c -> c > 0x20 && c < 0x7F && c != '\\'), "visible ASCII");
    Holds.that(
        uri.getScheme().equals("https") || Set.of("127.0.0.1", "[::1]").contains(uri.getHost()),
        "https, or a native app's own machine");
    // A browser takes what stands between the slashes and the next one for the host.
    String authority = input.split("/", -1)[2].split("\\?", -1)[0];
    Holds.that(
        authority.equals(uri.getHost()) || authority.startsWith(uri.getHost() + ":"),
        "the host that a browser sees");
    Holds.that(redirect.matches(redirect), "it is itself");
  }

  private static void isAbsolute(ResourceIndicator resource, String input) {
    Holds.equal(resource.value(), input, "every character stays");
    Holds.that(URI.create(input).isAbsolute() && input.indexOf('#') < 0, "absolute, no fragment");
    Holds.that(URI.create(input).getRawUserInfo() == null, "no user");
    Holds.that(!input.startsWith("https:") || URI.create(input).getHost() != null, "a host");
  }

  private static void sameScope(Scope scope, String input) {
    Holds.equal(Scope.parse(scope.toString()), scope, "written and read again");
    Holds.equal(
        new HashSet<>(scope.tokens()),
        Set.copyOf(new HashSet<>(List.of(input.split(" ", -1)))),
        "the tokens");
    Holds.that(scope.isWithin(scope) && scope.intersect(scope).equals(scope), "within itself");
  }

  private static URI wellKnown(String resource) {
    try {
      return ProtectedResourceMetadata.wellKnown(new URI(resource));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("no URI at all", e);
    }
  }

  private static void isBesideTheResource(URI document, String input) {
    URI resource = URI.create(input);
    Holds.equal(document.getRawAuthority(), resource.getRawAuthority(), "the same server");
    Holds.equal(document.getRawQuery(), resource.getRawQuery(), "the same query");
    Holds.that(document.getRawPath().startsWith(ProtectedResourceMetadata.WELL_KNOWN), "the place");
  }

  /** Two names, each in a line. */
  private record Names(SubjectDn one, SubjectDn other) {}

  private static Names names(String input) {
    int end = Math.max(input.indexOf('\n'), 0);
    return new Names(
        new SubjectDn(input.substring(0, end)), new SubjectDn(input.substring(end + 1)));
  }

  /** Only names that the JDK reads by itself can be put into a certificate. */
  private static void compareAsNames(Names names, String input) throws Exception {
    Optional<X500Principal> one = principal(names.one().value());
    Optional<X500Principal> other = principal(names.other().value());
    if (one.isEmpty() || other.isEmpty()) {
      return;
    }
    X509Certificate ofOne = certificate(one.get());
    X509Certificate ofOther = certificate(other.get());
    boolean same = names.one().matches(ofOther);
    Holds.that(names.one().matches(ofOne), "a name is that of its own certificate");
    Holds.equal(names.other().matches(ofOne), same, "either way round");
    Holds.that(same || !names.one().value().equals(names.other().value()), "the same text");
    // The JDK passes over control characters at the ends.
    Holds.that(
        same
            || input.chars().anyMatch(c -> c != '\n' && Character.isISOControl(c))
            || !one.get().equals(other.get()),
        "what the JDK holds for equal");
  }

  private static Optional<X500Principal> principal(String name) {
    try {
      X500Principal principal = new X500Principal(name);
      X500Name.getInstance(principal.getEncoded());
      return Optional.of(principal);
    } catch (IllegalArgumentException unknownKeywordOrBrokenValue) {
      return Optional.empty();
    }
  }

  private static X509Certificate certificate(X500Principal subject) throws Exception {
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    subject,
                    BigInteger.ONE,
                    Date.from(Signed.NOW),
                    Date.from(Signed.NOW.plusSeconds(60)),
                    subject,
                    Signed.KEY.publicJwk().key())
                .build(new JcaContentSignerBuilder("Ed25519").build(Signed.PRIVATE_KEY)));
  }
}
