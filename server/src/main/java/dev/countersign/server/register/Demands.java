package dev.countersign.server.register;

import dev.countersign.protocol.http.Authority;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.List;

/** Members that no file has: what a client counts on, and what it tells of itself. */
final class Demands {
  static final String RESPONSE_TYPES = "response_types";
  static final String SUBJECT_TYPE = "subject_type";
  static final String APPLICATION_TYPE = "application_type";

  /** Addresses for people; nothing is fetched from them. */
  static final List<String> ADDRESSES = List.of("client_uri", "logo_uri", "policy_uri", "tos_uri");

  private Demands() {}

  /** Refuses what a client would count on in vain, and addresses that are none. */
  @Enforces({"DC-3"})
  static void requireMet(JsonObject sent) throws MalformedJsonException {
    if (!sent.strings(RESPONSE_TYPES).orElse(List.of()).stream().allMatch("code"::equals)) {
      throw refused(RESPONSE_TYPES, "holds more than code (SP-5.3.2.2-1)");
    }
    if (!sent.string(SUBJECT_TYPE).orElse("public").equals("public")) {
      throw refused(SUBJECT_TYPE, "is not public, the only one");
    }
    if (!List.of("web", "native").contains(sent.string(APPLICATION_TYPE).orElse("web"))) {
      throw refused(APPLICATION_TYPE, "is neither web nor native");
    }
    for (String name : ADDRESSES) {
      if (!isAddress(sent.string(name).orElse("https://none.example"))) {
        throw refused(name, "is no https URL");
      }
    }
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = URI.create(text);
      return "https".equals(uri.getScheme()) && Authority.isPlain(uri);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static RefusalException refused(String member, String fault) {
    return Refused.because(OAuthError.INVALID_CLIENT_METADATA, member, fault);
  }
}
