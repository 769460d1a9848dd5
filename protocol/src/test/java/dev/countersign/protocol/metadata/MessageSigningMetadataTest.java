package dev.countersign.protocol.metadata;

import static dev.countersign.protocol.metadata.MetadataSamples.ISSUER;
import static dev.countersign.protocol.metadata.MetadataSamples.LEAST;
import static dev.countersign.protocol.metadata.MetadataSamples.without;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the metadata of an authorization server says of signed messages. */
class MessageSigningMetadataTest {

  @Test
  @Requirement({"JAR-8", "JARM-8", "9701-9"})
  void readsAndWritesWhichMessagesAreSigned() throws Exception {
    MessageSigningMetadata messages =
        new MessageSigningMetadata(
            true, true, true, List.of("PS256", "ES256"), List.of("EdDSA"), List.of("ES256"));
    JsonObject document =
        MetadataSamples.builder()
            .messageSigning(messages)
            .responseModes(List.of(ResponseMode.values()))
            .build()
            .toJson();
    assertThat(document.bool("request_parameter_supported")).contains(true);
    assertThat(document.bool("request_uri_parameter_supported")).contains(true);
    assertThat(document.bool("require_signed_request_object")).contains(true);
    assertThat(document.strings("request_object_signing_alg_values_supported"))
        .contains(List.of("PS256", "ES256"));
    assertThat(document.strings("authorization_signing_alg_values_supported"))
        .contains(List.of("EdDSA"));
    assertThat(document.strings("introspection_signing_alg_values_supported"))
        .contains(List.of("ES256"));
    assertThat(document.strings("response_modes_supported"))
        .contains(List.of("query", "jwt", "query.jwt", "fragment.jwt", "form_post.jwt"));
    AuthorizationServerMetadata read = AuthorizationServerMetadata.parse(document, ISSUER);
    assertThat(read.messageSigning()).isEqualTo(messages);
    assertThat(read.responseModesSupported())
        .containsExactly("query", "jwt", "query.jwt", "fragment.jwt", "form_post.jwt");
  }

  @Test
  @Requirement({"JAR-8", "JARM-8", "9701-9"})
  void saysOfAServerThatSignsNoMessagesThatItDoesNot() throws Exception {
    JsonObject document = LEAST.toJson();
    assertThat(document.bool("request_parameter_supported")).contains(false);
    assertThat(document.bool("require_signed_request_object")).contains(false);
    assertThat(document.names())
        .doesNotContain(
            "request_object_signing_alg_values_supported",
            "authorization_signing_alg_values_supported",
            "introspection_signing_alg_values_supported");
    assertThat(AuthorizationServerMetadata.parse(document, ISSUER).messageSigning())
        .isEqualTo(MessageSigningMetadata.NONE);
  }

  /** OpenID Connect Discovery section 3. */
  @Test
  @Requirement({"JAR-8"})
  void knowsWhatItMeansThatNothingIsSaidOfRequestObjects() throws Exception {
    JsonObject silent =
        without("request_parameter_supported")
            .without("request_uri_parameter_supported")
            .without("require_signed_request_object");
    MessageSigningMetadata read =
        AuthorizationServerMetadata.parse(silent, ISSUER).messageSigning();
    assertThat(read.requestParameterSupported()).isFalse();
    assertThat(read.requestUriParameterSupported()).isTrue();
    assertThat(read.requireSignedRequestObject()).isFalse();
  }
}
