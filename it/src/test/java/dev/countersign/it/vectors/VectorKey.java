package dev.countersign.it.vectors;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countersign.protocol.jose.Base64Url;
import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The public test keys of RFC 9421 appendix B.1, private halves included, as everybody knows them.
 */
enum VectorKey {
  /** Section B.1.4. */
  ED25519(
      "test-key-ed25519",
      "EdDSA",
      "RFC 9421 appendix B.1.4",
      Map.of(
          "kty", "OKP",
          "crv", "Ed25519",
          "x", "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs",
          "d", "n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU")),
  /** Section B.1.3. */
  P256(
      "test-key-ecc-p256",
      "ES256",
      "RFC 9421 appendix B.1.3",
      Map.of(
          "kty", "EC",
          "crv", "P-256",
          "x", "qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA",
          "y", "Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0",
          "d", "UpuF81l-kOxbjf7T4mNSv0r5tN67Gim7rnf6EFpcYDs")),
  /** Section B.1.2. */
  RSA_PSS(
      "test-key-rsa-pss",
      "PS256",
      "RFC 9421 appendix B.1.2",
      Map.of(
          "kty",
          "RSA",
          "n",
          "r4tmm3r20Wd_PbqvP1s2-QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct-Lh1GH45x28Rw3Ry53mm-oAXj"
              + "yQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHqgDsznjPFmTOtCEcN2Z1FpW"
              + "gchwuYLPL-Wokqltd11nqqzi-bJ9cvSKADYdUAAN5WUtzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0K"
              + "SyZYoA485mqcO0GVAdVw9lq4aOT9v6d-nb4bnNkQVklLQ3fVAvJm-xdDOp9LCNCN48V2pnDOkFV6-U9nV5"
              + "oyc6XI2w",
          "e",
          "AQAB",
          "d",
          "lAfIqfpCYomVShfAKnwf2lD9I0wKjkHsCtZCif4kAlwQqqW6N-tIL3bdOR-VWf0Q1ZBIDtpO91UrG7pansyrPERb"
              + "NrRJlPiYEyPTHkCT1nD-l2isuiyGLNBNnFoKfBgA4KAbPJZQatFIV9Cn34JSHnpN5-2ehreGBYHtkwHFtl"
              + "mzeF3yu5bqRcqOhx8lkYmBzDAEUFyyXjknU5-WjAT9DzuG0MpOTkcU1EnjnIjyVBZLUB5Lxm8puyq8hH8B"
              + "_E5LNC-1oc8j-tDy98UvRTTiYvZvs87cGCFxg0LijNhg7CE3g9piNqB6DzMgA9MHSOwcElVtfKdYfo4H3O"
              + "HZXsSmEQ",
          "p",
          "5V-6ISI5yEaCFXm-fk1EM2xwAWekePVCAyvr9QbTlFOCZwt9WwjUjhtKRusi5Uq-IYZ_tq2WRE4As4b_FHEMtp2A"
              + "ER43IcvmXPqKFBoUktVDS7dThIHrsnRi1U7dHqVdwiMEMe5jxKNgnsKLpnq-4NyhoS6OeWu1SFozG9J9xQ"
              + "k",
          "q",
          "w-wIde17W5Y0Cphp3ZZ0uM8OUq1AkrV2IKauqYHaDxAT32EM4ci2MMER2nIUEo4g_42lW0zYouFFqONwv0-HyOsg"
              + "PpdSqKRC5WLgn0VXabjaNcy6KhNPXeJ0AgtqdiDwPeJ2_L_eKwNWQ43RfdQBUquAwSd7SEmmQ8sViqB628"
              + "M",
          "dp",
          "otDolkxtJ7Sk8gmRJqZCGx6GAvlGznWJfibXPv6xgUAl-G83dD84YgcNGnoeMxRzEekfDtT5LVMRPF4_AoucsqPq"
              + "HDyOdfb-dlGBYfOBVxj6w-xF5HE0lV_4J-HrI63Od9fTSn4lY5d1JjyCVJIcnBEAyiD6EUZbUBh23vDzRc"
              + "E",
          "dq",
          "iZE1S6CpqmBoQDxOsXGQmaeBdhoCqkDSJhEDuS_dLhBq88FQa0UkcE1QvOK3J2Q21VnfDqGBx7SH1hOFOj-cpz45"
              + "kNluB832ztxDvnHQ9AIA7h_HY_3VD6YPMNRVN4bfSYS3abdLR0Z7jsmInGJ9X0_fA0E2tkZIgXeas5EFU0"
              + "M",
          "qi",
          "jRAqfYi_tKCjhP9eM0N2XaRlNeoYCTx06GlSLD8d0zc4ZZuEePY10LMGWI6Y_JC0CvvvQYhNa9sAj4hFjIVLsWeT"
              + "plVVUezGO1ofLW4kYWVpnMpHgAY1pRM4kyzo1p3MKYY8DE1BA4KqhSOfhdGs6Ov3Dfj0migZeE7Fu7yc7F"
              + "c"));

  private static final List<String> ORDER =
      List.of("kty", "crv", "x", "y", "n", "e", "d", "p", "q", "dp", "dq", "qi");

  private final String kid;
  private final String algorithm;
  private final String source;

  /** Made by {@code Map.of}, which never changes. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final Map<String, String> members;

  VectorKey(String kid, String algorithm, String source, Map<String, String> members) {
    this.kid = kid;
    this.algorithm = algorithm;
    this.source = source;
    this.members = members;
  }

  String kid() {
    return kid;
  }

  String algorithm() {
    return algorithm;
  }

  String source() {
    return source;
  }

  /** Whether one base has one signature. */
  boolean isDeterministic() {
    return this == ED25519;
  }

  /** The private JWK. */
  JsonObject jwk() {
    JsonObject.Builder jwk = JsonObject.builder().put("kid", kid).put("alg", algorithm);
    ORDER.forEach(name -> jwk.put(name, Optional.ofNullable(members.get(name))));
    return jwk.build();
  }

  /** The same for our signer. */
  SigningKey signingKey() {
    try {
      return SigningKey.fromPrivateJwk(jwk());
    } catch (InvalidJwkException e) {
      throw new AssertionError(e);
    }
  }

  /** Signs by the JDK alone. */
  byte[] sign(String base) {
    try {
      Signature signature = signature();
      signature.initSign(privateKey());
      signature.update(base.getBytes(US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether this is a signature of that base, by the JDK alone. */
  boolean signed(String base, byte[] signed) {
    try {
      Signature signature = signature();
      signature.initVerify(publicKey());
      signature.update(base.getBytes(US_ASCII));
      return signature.verify(signed);
    } catch (GeneralSecurityException notEvenASignature) {
      return false;
    }
  }

  private Signature signature() throws GeneralSecurityException {
    return switch (this) {
      case ED25519 -> Signature.getInstance("Ed25519");
      case P256 -> Signature.getInstance("SHA256withECDSAinP1363Format");
      case RSA_PSS -> {
        Signature pss = Signature.getInstance("RSASSA-PSS");
        pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        yield pss;
      }
    };
  }

  private PrivateKey privateKey() throws GeneralSecurityException {
    return switch (this) {
      case ED25519 ->
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(
                  new EdECPrivateKeySpec(
                      NamedParameterSpec.ED25519, Base64Url.decode(members.get("d"))));
      case P256 ->
          KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(number("d"), curve()));
      case RSA_PSS ->
          KeyFactory.getInstance("RSA")
              .generatePrivate(
                  new RSAPrivateCrtKeySpec(
                      number("n"),
                      number("e"),
                      number("d"),
                      number("p"),
                      number("q"),
                      number("dp"),
                      number("dq"),
                      number("qi")));
    };
  }

  /** Of those keys whose signatures differ each time, and so are looked at again. */
  private PublicKey publicKey() throws GeneralSecurityException {
    return switch (this) {
      case ED25519 -> throw new AssertionError("signatures of Ed25519 are made anew");
      case P256 ->
          KeyFactory.getInstance("EC")
              .generatePublic(new ECPublicKeySpec(new ECPoint(number("x"), number("y")), curve()));
      case RSA_PSS ->
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(number("n"), number("e")));
    };
  }

  private static ECParameterSpec curve() throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    return parameters.getParameterSpec(ECParameterSpec.class);
  }

  private BigInteger number(String name) {
    return new BigInteger(1, Base64Url.decode(members.get(name)));
  }
}
