package dev.countersign.server.par;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.oauth.RequestUri;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.SignedRequests;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A server with {@code app}, which may sign its requests, and {@code other-app}, which must, by
 * ES256 alone.
 */
abstract class SigningTest extends EndpointTest {

  @Override
  protected String configuration(String yaml) {
    return yaml.replace(
        "name: The Other App\n",
        """
        name: The Other App
            profile: fapi2-message-signing
            message_signing: [requests]
            request_object_signing_alg: ES256
        """);
  }

  /** The requests of the client that may sign. */
  final SignedRequests free() {
    return new SignedRequests(server, server.app());
  }

  /** The requests of the client that must sign. */
  final SignedRequests bound() {
    return new SignedRequests(server, server.other());
  }

  final AuthorizationRequest kept(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return server
        .store()
        .findRequest(new RequestUri(reply.string("request_uri")).digest(), server.now())
        .orElseThrow()
        .request();
  }

  final void refused(Reply reply, String outcome, String rule) {
    assertThat(reply.outcome()).as(reply.text()).isEqualTo(outcome);
    assertThat(server.logged("rule")).contains(rule);
  }

  /** That an object of the client that must sign is refused. */
  final void refused(String object, String rule) {
    refused(bound().push(object), "400 invalid_request_object", rule);
  }

  final void refused(Consumer<Map<String, Object>> change, String rule) {
    refused(bound().object(change), rule);
  }

  final void taken(Consumer<Map<String, Object>> change) {
    Reply reply = bound().push(bound().object(change));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
  }
}
