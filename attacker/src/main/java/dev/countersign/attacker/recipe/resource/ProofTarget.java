package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A proof that was made for another method or place. */
final class ProofTarget implements Recipe {
  private static final String RULE = "DP-4";

  @Override
  public About about() {
    return About.of("A7-05", "proof-htm-htu")
        .also("ATT-46")
        .by(Attacker.A5)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.DPOP, Need.USER, Need.RESOURCE)
        .stoppedBy(RULE, "htm and htu say what a proof is for")
        .means("A proof that was read at one place is good at another.")
        .change(
            "Compare htm with the method, and htu with the URL as clients call it, without query"
                + " and fragment (RFC 9449 section 4.3).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Stolen stolen = Stolen.of(lab.proving(), play, lab);
    for (ProofVariant variant : wrong(stolen.resource().url())) {
      play.refused(
          variant.what(), stolen.call().proof(variant.change()).send(), Stolen.badProof(RULE));
    }
    for (ProofVariant variant : right(stolen.resource().url())) {
      play.passes(
          variant.what(),
          stolen.client().call(stolen.resource(), stolen.token()).proof(variant.change()).send(),
          RULE);
    }
    URI url = stolen.resource().url();
    if (url.getRawQuery() == null) {
      play.passes(
          "a query in the request, none in htu",
          stolen
              .client()
              .call(stolen.resource(), stolen.token())
              .at(URI.create(url + "?page=1"))
              .send(),
          RULE);
    }
  }

  private static List<ProofVariant> wrong(URI url) {
    String bare = bare(url);
    String authority = url.getRawAuthority();
    int port = url.getPort();
    return List.of(
        htm("POST"),
        htm("get"),
        htm(""),
        new ProofVariant("no htm", jwt -> jwt.without("htm")),
        new ProofVariant("no htu", jwt -> jwt.without("htu")),
        htu("another path", bare + "x"),
        htu("a path below", bare + "/x"),
        htu("the path in upper case", bare.replace(url.getRawPath(), "/UP" + url.getRawPath())),
        htu("the origin alone", bare.replace(url.getRawPath(), "")),
        htu("the path alone", url.getRawPath()),
        htu("http", bare.replaceFirst("^https:", "http:")),
        htu("another host", bare.replace(authority, "evil.example")),
        htu("a host that begins alike", bare.replace(authority, url.getHost() + ".evil.example")),
        htu("a person before the host", bare.replace(authority, authority + "@evil.example")),
        htu("another port", bare.replace(authority, url.getHost() + ":" + (port == 4 ? 5 : 4))),
        htu("no URL", "resource"));
  }

  private static List<ProofVariant> right(URI url) {
    String bare = bare(url);
    String authority = url.getRawAuthority();
    List<ProofVariant> all = new ArrayList<>();
    all.add(htu("a query in htu", bare + "?page=1"));
    all.add(htu("a fragment in htu", bare + "#top"));
    all.add(
        htu("the host in upper case", bare.replace(authority, authority.toUpperCase(Locale.ROOT))));
    all.add(htu("the scheme in upper case", bare.replaceFirst("^https:", "HTTPS:")));
    if (url.getPort() < 0) {
      all.add(htu("the usual port", bare.replace(authority, authority + ":443")));
    }
    return all;
  }

  private static ProofVariant htm(String value) {
    return new ProofVariant("htm '" + value + "'", jwt -> jwt.with("htm", value));
  }

  private static ProofVariant htu(String what, String value) {
    return new ProofVariant("htu: " + what, jwt -> jwt.with("htu", value));
  }

  private static String bare(URI url) {
    return url.toASCIIString().split("[?#]", 2)[0];
  }
}
