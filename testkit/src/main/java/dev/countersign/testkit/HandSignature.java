package dev.countersign.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countersign.protocol.jose.Base64Url;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.MalformedJsonException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The signature of an HTTP message (RFC 9421) by an Ed25519 key, put together as text without the
 * code that tests are about, so that a test may spoil any part of it. Immutable.
 *
 * @param label of the signature in its two fields
 * @param components what is signed: each identifier as it is written, with its value
 * @param parameters of the signature, their values as they are written
 * @param key that signs
 */
public record HandSignature(
    String label, Map<String, String> components, Map<String, String> parameters, SigningKey key) {

  private static final Pattern INPUT = Pattern.compile("([a-z0-9_-]+)=(\\(([^)]*)\\)(.*))");
  private static final Pattern IDENTIFIER = Pattern.compile("\"[^\"]+\"(;[a-z]+)*");

  /** Copies the maps, in their order. */
  public HandSignature {
    components = new LinkedHashMap<>(components);
    parameters = new LinkedHashMap<>(parameters);
  }

  /** A signature of nothing yet, with the parameters that FAPI wants. */
  public static HandSignature by(SigningKey key, Instant created, String tag) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("created", Long.toString(created.getEpochSecond()));
    parameters.put("keyid", "\"" + key.kid() + "\"");
    parameters.put("tag", "\"" + tag + "\"");
    return new HandSignature("sig1", Map.of(), parameters, key);
  }

  /** The value of {@code Content-Digest} for this content. */
  public static String digest(byte[] content) {
    return "sha-256=:" + base64(sha256(content)) + ":";
  }

  /** The same, signing one component more, or another value of one. */
  public HandSignature covering(String identifier, String value) {
    Map<String, String> more = new LinkedHashMap<>(components);
    more.put(identifier, value);
    return new HandSignature(label, more, parameters, key);
  }

  /** The same without this component. */
  public HandSignature without(String identifier) {
    Map<String, String> less = new LinkedHashMap<>(components);
    less.remove(identifier);
    return new HandSignature(label, less, parameters, key);
  }

  /** The same with this parameter, written as it is. */
  public HandSignature with(String parameter, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(parameter, value);
    return new HandSignature(label, components, more, key);
  }

  /** The same without this parameter. */
  public HandSignature withoutParameter(String parameter) {
    Map<String, String> less = new LinkedHashMap<>(parameters);
    less.remove(parameter);
    return new HandSignature(label, components, less, key);
  }

  /** The same under another label. */
  public HandSignature labelled(String other) {
    return new HandSignature(other, components, parameters, key);
  }

  /** The same by another key, which does not say so. */
  public HandSignature signedBy(SigningKey other) {
    return new HandSignature(label, components, parameters, other);
  }

  /** The value of {@code Signature-Input}. */
  public String input() {
    return label + "=" + signatureParams();
  }

  /** The value of {@code Signature}. */
  public String signature() {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(privateKey());
      signer.update(base(components, signatureParams()));
      return label + "=:" + base64(signer.sign()) + ":";
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private String signatureParams() {
    return "("
        + String.join(" ", components.keySet())
        + ")"
        + parameters.entrySet().stream()
            .map(parameter -> ";" + parameter.getKey() + "=" + parameter.getValue())
            .collect(Collectors.joining());
  }

  private PrivateKey privateKey() throws GeneralSecurityException {
    try {
      byte[] seed = Base64Url.decode(key.toPrivateJwk().string("d").orElseThrow());
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * What a signature says that is this key's, of a message.
   *
   * @param identifiers of the components, as they are written
   * @param parameters as they are written
   */
  public record Read(List<String> identifiers, String parameters) {}

  /**
   * Reads the one signature of a message; empty if it is not this key's.
   *
   * @param input the value of {@code Signature-Input}
   * @param signature the value of {@code Signature}
   * @param values the value of each component of the message that came
   */
  public static Optional<Read> read(
      PublicJwk key, String input, String signature, Function<String, String> values) {
    Matcher parts = INPUT.matcher(input);
    if (!parts.matches() || !signature.startsWith(parts.group(1) + "=:")) {
      return Optional.empty();
    }
    Map<String, String> components = new LinkedHashMap<>();
    List<String> identifiers = new ArrayList<>();
    Matcher one = IDENTIFIER.matcher(parts.group(3));
    while (one.find()) {
      identifiers.add(one.group());
      components.put(one.group(), values.apply(one.group()));
    }
    String bytes = signature.substring(parts.group(1).length() + 2, signature.length() - 1);
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key.key());
      verifier.update(base(components, parts.group(2)));
      return verifier.verify(Base64.getDecoder().decode(bytes))
          ? Optional.of(new Read(identifiers, parts.group(4)))
          : Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] base(Map<String, String> components, String params) {
    StringBuilder base = new StringBuilder();
    components.forEach((id, value) -> base.append(id).append(": ").append(value).append('\n'));
    return base.append("\"@signature-params\": ").append(params).toString().getBytes(US_ASCII);
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
