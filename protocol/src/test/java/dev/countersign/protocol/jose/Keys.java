package dev.countersign.protocol.jose;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.util.List;
import java.util.Optional;

/** Keys of the RFCs, as they are printed there, and what changes one. */
final class Keys {

  /** RFC 8037 appendix A.1. */
  static final String RFC_8037_A1 =
      """
      {"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",\
      "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}\
      """;

  /** RFC 9421 appendix B.1.3, test-key-ecc-p256. */
  static final String TEST_KEY_ECC_P256 =
      """
      {"kty":"EC","crv":"P-256","d":"UpuF81l-kOxbjf7T4mNSv0r5tN67Gim7rnf6EFpcYDs",\
      "x":"qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA",\
      "y":"Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0"}\
      """;

  /** RFC 9421 appendix B.1.4, test-key-ed25519. */
  static final String TEST_KEY_ED25519 =
      """
      {"kty":"OKP","crv":"Ed25519","d":"n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU",\
      "x":"JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs"}\
      """;

  /** RFC 7638 section 3.1. */
  static final String RFC_7638_RSA =
      """
      {"kty":"RSA","e":"AQAB","alg":"RS256","kid":"2011-04-29",\
      "n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc\
      _BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW\
      2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6\
      WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"}\
      """;

  private Keys() {}

  static JsonObject json(String text) {
    try {
      return JsonObject.parse(text);
    } catch (MalformedJsonException broken) {
      throw new AssertionError(broken);
    }
  }

  /** The object with one member more, or another value for it. */
  static JsonObject with(JsonObject json, String name, Object value) {
    JsonObject.Builder changed = without(json, name).toBuilder();
    return changed.put(name, Optional.of(value)).build();
  }

  /** The object with one member less. */
  static JsonObject without(JsonObject json, String... names) {
    try {
      JsonObject.Builder rest = JsonObject.builder();
      for (String name : json.names()) {
        if (!List.of(names).contains(name)) {
          rest.put(name, json.string(name));
        }
      }
      return rest.build();
    } catch (MalformedJsonException notAString) {
      throw new AssertionError(notAString);
    }
  }
}
