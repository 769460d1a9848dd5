package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Pushed;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.net.URI;

/** A {@code request_uri} that is used in another place than the one that it is for. */
final class RequestUriOfAnother implements Recipe {

  @Override
  public About about() {
    return About.of("A1-04", "request-uri-cross-client")
        .also("ATT-12")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT, Need.SECOND_CLIENT, Need.USER)
        .stoppedBy("PAR-6", "a request_uri is bound to the client that pushed the request")
        .means("A person is asked to trust one client and gives another what it wants.")
        .change("Compare client_id with the client that pushed the request, and refuse others.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    Caller other = lab.secondClient();
    UserAgent browser = lab.browser();
    play.twin("a person agrees", () -> client.coded(browser, lab.victim()));
    Pushed pushed = client.pushed();
    refused(
        play,
        "with the client_id of another client",
        browser.authorize(other.authorizationUrl(pushed.requestUri()), lab.victim()));
    refused(
        play,
        "with the client_id of nobody",
        browser.authorize(url(client, "nobody", pushed.requestUri()), lab.victim()));
    Pushed victims = client.pushed();
    Pushed attackers = client.pushed();
    Coded swapped =
        play.twin(
            "the request of another flow of the same client, opened instead",
            () -> client.coded(browser, lab.victim(), attackers));
    play.refused(
        "its code in the flow for which it was not",
        client.attacking().redeem(swapped.code(), victims.verifier()).send(),
        Expected.error("ATT-12", "invalid_grant").status(400));
    play.twin(
        "the first request is still good for its client",
        () -> client.coded(browser, lab.victim(), pushed));
  }

  private static URI url(Caller client, String clientId, String requestUri) throws IOException {
    return client.authorizationUrl(
        Form.builder().add("client_id", clientId).add("request_uri", requestUri).build());
  }

  private static void refused(Play play, String what, Landing landing) {
    play.refused(what, landing, "PAR-6");
    play.should(
        what + ", without a redirect",
        !(landing instanceof Landing.Back),
        "the browser " + Flows.brief(landing),
        "OA-2");
  }
}
