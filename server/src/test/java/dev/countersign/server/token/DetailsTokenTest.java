package dev.countersign.server.token;

import static dev.countersign.server.kit.Details.array;
import static dev.countersign.server.kit.TestServer.API;
import static dev.countersign.server.kit.TestServer.REPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Details;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;

/** Asks the token endpoint for authorization details. */
abstract class DetailsTokenTest extends EndpointTest {
  /** A token request for a code, by which a person granted these details. */
  Params codeRequest(String... details) {
    return codeRequest(server.app(), details);
  }

  static Params codeRequest(TestClient app, String... details) {
    Params request =
        app.authorizationRequest()
            .with("scope", "accounts reports")
            .and("resource", API)
            .and("resource", REPORTS)
            .and("authorization_details", array(details));
    return app.codeRequest(app.code(request));
  }

  static Params asking(Params request, String... details) {
    return request.and("authorization_details", array(details));
  }

  /** The details of an answer, which are those of its token as well. */
  static AuthorizationDetails given(Reply tokens) {
    assertThat(tokens.status()).as(tokens.text()).isEqualTo(200);
    AuthorizationDetails given = Details.in(tokens.json());
    assertThat(Details.in(RawJwt.claims(tokens.string("access_token")))).isEqualTo(given);
    return given;
  }

  Reply refresh(Reply tokens, String... details) {
    Params request = server.app().refreshRequest(tokens.string("refresh_token"));
    return server.app().token(details.length == 0 ? request : asking(request, details));
  }
}
