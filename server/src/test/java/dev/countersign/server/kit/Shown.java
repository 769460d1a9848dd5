package dev.countersign.server.kit;

import java.net.URI;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A page in a browser.
 *
 * @param url its public URL
 * @param reply how it came
 */
public record Shown(URI url, Reply reply) {

  /** What it says. */
  public Document document() {
    return Jsoup.parse(reply.text(), url.toString());
  }

  /** Its heading, the quickest way to say which page it is. */
  public String heading() {
    return document().select("h1").text();
  }

  /** Whether it is the login page. */
  public boolean isLogin() {
    return reply.status() == 200 && !document().select("input[type=password]").isEmpty();
  }

  /** Whether it is the consent page. */
  public boolean isConsent() {
    return reply.status() == 200 && !document().select("button[value=allow]").isEmpty();
  }

  /** Whether it is the error page, with this status. */
  public boolean isError(int status) {
    return reply.status() == status
        && reply.header("Location").isEmpty()
        && document().select("form").isEmpty()
        && document().select("main.failure .reference").eachText().equals(interactionId());
  }

  private List<String> interactionId() {
    return reply.all("x-fapi-interaction-id");
  }

  /** Where its form goes. */
  public URI action() {
    return URI.create(form().absUrl("action"));
  }

  /** What its form sends if nothing is typed or ticked and no button pressed. */
  public Params fields() {
    Params params = Params.of();
    String sent = "input[name]:not([type=checkbox], [type=radio]), input[name][checked]";
    for (Element input : form().select(sent)) {
      params = params.and(input.attr("name"), input.val());
    }
    return params;
  }

  /** The form with a button pressed. */
  public Params pressed(String choice) {
    if (form().select("button[name=choice][value=" + choice + "]").isEmpty()) {
      throw new AssertionError("no button " + choice + " on: " + reply.text());
    }
    return fields().and("choice", choice);
  }

  private Element form() {
    Element form = document().selectFirst("form[method=post]");
    if (form == null) {
      throw new AssertionError("no form on: " + reply.text());
    }
    return form;
  }
}
