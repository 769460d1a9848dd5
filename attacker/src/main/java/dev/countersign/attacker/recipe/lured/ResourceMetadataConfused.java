package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.deployment.ClientUnderTest;
import dev.countersign.attacker.hostile.Listener;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** Metadata of a resource (RFC 9728) that speak of another resource, or of another server. */
final class ResourceMetadataConfused implements Recipe {
  private static final String OTHER = "/other-server";
  private static final String NAMED = "/named-metadata";
  private static final String RULE = "PR-3";

  @Override
  public About about() {
    return About.of("ATT-86", "resource-metadata-confusion")
        .by(Attacker.A1A)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.READING_CLIENT_UNDER_TEST, Need.USER)
        .stoppedBy(RULE, "a resource's metadata name the resource that was asked")
        .means("A client is led to the attacker's keys or server by the metadata of a resource.")
        .change(
            "Compare resource character by character, and use no authorization server that only"
                + " metadata of a resource name (RFC 9728 sections 3.3 and 7.3).");
  }

  private record Variant(String what, UnaryOperator<JsonObject> change) {}

  @Override
  public void play(Play play, Lab lab) throws IOException {
    ClientUnderTest app = lab.clientUnderTest(one -> one.dataHostile().isPresent());
    Lured lured = new Lured(lab, app);
    HostileResource resource = new HostileResource(lab);
    String right = lab.random128();
    resource.play(request -> resource.signed(request, right));
    lured.twinReads(play, lured.twinHostile(play), right);
    if (resource.described() == 0) {
      throw new NotApplicableException("the client asks the attacker's resource for no metadata");
    }
    for (Variant variant : variants(lab)) {
      refuses(play, lab, lured, resource, variant);
    }
    servers(play, lab, lured, resource);
  }

  private static List<Variant> variants(Lab lab) throws IOException {
    String listener = lab.listener().url().toString();
    String honest = lab.server().issuer().value();
    return List.of(
        new Variant("resource is the target's", right -> Script.with(right, "resource", honest)),
        new Variant(
            "resource is another of the same host",
            right -> Script.with(right, "resource", listener + "/another")),
        new Variant(
            "resource is written in another way",
            right -> Script.with(right, "resource", right.value("resource").orElse("") + "/")),
        new Variant("no resource", right -> right.without("resource")));
  }

  /** What such a document says must not be used: neither its keys nor anything else of it. */
  private static void refuses(
      Play play, Lab lab, Lured lured, HostileResource resource, Variant variant)
      throws IOException {
    String said = lab.random128();
    resource.describe(variant.change());
    resource.play(request -> resource.signed(request, said));
    int before = resource.described();
    boolean taken = lured.reads(fresh(lab, lured), said);
    if (resource.described() == before) {
      play.unclear(variant.what(), "the client did not ask for the metadata again", RULE);
    } else {
      play.holds(
          variant.what(),
          !taken,
          taken ? "the client read the resource by them" : "the client did not use them",
          RULE);
    }
  }

  /** A client trusts the servers that it was told of by somebody else. */
  private static void servers(Play play, Lab lab, Lured lured, HostileResource resource)
      throws IOException {
    Listener listener = lab.listener();
    String other = listener.at(OTHER).toString();
    UnaryOperator<JsonObject> change =
        right -> Script.with(right, "authorization_servers", List.of(other));
    resource.describe(change);
    int before = resource.described();
    lured.reads(fresh(lab, lured), "");
    if (resource.described() == before) {
      play.unclear("another server", "the client did not ask for the metadata again", "ATT-86");
    } else {
      left(play, listener, "the metadata name another authorization server");
    }
    listener.serve(
        NAMED,
        _ ->
            HttpResponse.json(
                200,
                JsonObject.builder()
                    .put("resource", resource.url().toString())
                    .put("authorization_servers", List.of(other))
                    .build()));
    resource.describe(UnaryOperator.identity());
    resource.play(
        _ ->
            HttpResponse.empty(401)
                .with(
                    "WWW-Authenticate",
                    "DPoP error=\"invalid_token\", resource_metadata=\""
                        + listener.at(NAMED)
                        + '"'));
    lured.reads(fresh(lab, lured), "");
    left(play, listener, "a refusal leads to metadata that name another authorization server");
  }

  private static void left(Play play, Listener listener, String what) {
    boolean went = listener.received().stream().anyMatch(one -> one.path().contains(OTHER));
    play.holds(
        what,
        !went,
        went ? "the client went to that server" : "the client asked nothing of that server",
        "ATT-86");
  }

  /** Whoever logs in anew finds a client that remembers nothing, if that is to be had. */
  private static UserAgent fresh(Lab lab, Lured lured) throws IOException {
    UserAgent browser = lured.browser();
    browser.authorize(lured.app().startHostile(), lab.victim());
    return browser;
  }
}
