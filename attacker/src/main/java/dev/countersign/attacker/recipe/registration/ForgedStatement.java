package dev.countersign.attacker.recipe.registration;

import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Jwt;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.recipe.registration.Registrar.Registered;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Software statements (RFC 7591 section 2.3) that nobody who is trusted signed. */
final class ForgedStatement {
  private static final String RULE = "DC-2";
  private static final String NAME = "Countersign Forged Bank";

  private ForgedStatement() {}

  /** Sends each. Servers that know no statements ignore them. */
  static void play(Play play, Lab lab, Registrar registrar, JsonObject right) throws IOException {
    for (Map.Entry<String, String> forged : forgeries(lab).entrySet()) {
      Answer answer =
          registrar.register(Registrar.set(right, "software_statement", forged.getValue()));
      Optional<Registered> made = Registrar.read(answer);
      if (made.isPresent()) {
        boolean believed =
            made.get().metadata().value("client_name").filter(NAME::equals).isPresent();
        play.holds(
            forged.getKey(),
            !believed,
            believed ? "what it says was registered" : "nothing of it was registered",
            RULE);
      } else {
        play.refused(
            forged.getKey(),
            answer,
            Expected.error(
                    RULE,
                    "invalid_software_statement",
                    "unapproved_software_statement",
                    "invalid_client_metadata")
                .status(400));
      }
    }
  }

  private static Map<String, String> forgeries(Lab lab) {
    SigningKey key = lab.newKey();
    Jwt own = statement(lab, key, "https://directory.example");
    Jwt servers = statement(lab, key, lab.server().issuer().value());
    Map<String, String> all = new LinkedHashMap<>();
    all.put("a software statement by a key that nobody knows", own.compact());
    all.put("one with its key in jwk", own.header("jwk", key.publicJwk().toJson()).compact());
    all.put("one with its key at jku", own.header("jku", "https://keys.example/jwks").compact());
    all.put("one with alg none", own.header("alg", "none").signature(_ -> new byte[0]).compact());
    all.put("one in the server's own name", servers.compact());
    all.put("one that is no JWT", "countersign");
    return all;
  }

  /** A statement with a name that people would trust. */
  static Jwt statement(Lab lab, SigningKey key, String issuer) {
    JsonObject claims =
        JsonObject.builder()
            .put("iss", issuer)
            .put("iat", lab.now().getEpochSecond())
            .put("jti", lab.random128())
            .put("software_id", lab.random128())
            .put("client_name", NAME)
            .put("redirect_uris", List.of("https://forged.example/callback"))
            .build();
    return Jwt.of(lab.jose(), key, JsonObject.builder().build(), claims);
  }
}
