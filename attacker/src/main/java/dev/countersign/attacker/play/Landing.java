package dev.countersign.attacker.play;

import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.http.Form;
import java.net.URI;
import java.util.Optional;

/** Where a browser came to in the end. */
public sealed interface Landing {

  /**
   * Back at the client.
   *
   * @param parameters what it brought, of query, fragment or form; of a signed response, the claims
   * @param to the whole URL, or the redirect URI of a form
   * @param signed the JWT of a signed response (JARM)
   */
  record Back(Form parameters, URI to, Optional<String> signed) implements Landing {

    /** The code that it brought. */
    public Optional<String> code() {
      return first("code");
    }

    /** The error that it brought. */
    public Optional<String> error() {
      return first("error");
    }

    /** The first parameter of a name. */
    public Optional<String> first(String name) {
      return parameters.values(name).stream().findFirst();
    }

    /** Where it came back to, without what it brought. */
    @Override
    public String toString() {
      return "Back[" + to.getHost() + "]";
    }
  }

  /** At a page. */
  record Shown(Answer page) implements Landing {}

  /** At another site, which is neither server nor client. */
  record Elsewhere(URI to) implements Landing {}
}
