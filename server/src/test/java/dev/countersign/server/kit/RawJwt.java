package dev.countersign.server.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;

/** JWTs that our own code would not sign. */
public final class RawJwt {
  private RawJwt() {}

  /** Members of any JSON type we write. */
  public static JsonObject json(Map<String, ?> members) {
    JsonObject.Builder json = JsonObject.builder();
    members.forEach((name, value) -> json.put(name, java.util.Optional.of(value)));
    return json.build();
  }

  /** Without signature. */
  public static String unsigned(JsonObject header, JsonObject claims) {
    return encode(header) + "." + encode(claims) + ".";
  }

  /** With a signature of another algorithm of the JDK. */
  public static String signed(
      JsonObject header, JsonObject claims, KeyPair keys, String jdkAlgorithm) {
    try {
      String input = encode(header) + "." + encode(claims);
      Signature signature = Signature.getInstance(jdkAlgorithm);
      signature.initSign(keys.getPrivate());
      signature.update(input.getBytes(UTF_8));
      return input + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** With the last byte of the signature changed. */
  public static String withBrokenSignature(String jwt) {
    int dot = jwt.lastIndexOf('.');
    byte[] signature = Base64.getUrlDecoder().decode(jwt.substring(dot + 1));
    signature[signature.length - 1] ^= 1;
    return jwt.substring(0, dot + 1) + base64(signature);
  }

  /** The claims of a JWT, whoever signed it. */
  public static JsonObject claims(String jwt) {
    try {
      return JsonObject.parse(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]));
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  private static String encode(JsonObject json) {
    return base64(json.toBytes());
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
