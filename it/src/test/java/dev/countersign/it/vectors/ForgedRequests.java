package dev.countersign.it.vectors;

import static dev.countersign.it.vectors.Messages.AMOUNT;
import static dev.countersign.it.vectors.Messages.OTHER_AMOUNT;
import static dev.countersign.it.vectors.Messages.PAYMENT;
import static dev.countersign.it.vectors.Messages.ZIPPED;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.it.vectors.Message.Request;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.UnaryOperator;

/**
 * Requests that were changed, and signatures that are not there, not good, or not of the client.
 */
final class ForgedRequests {
  private static final Exchange UNSIGNED = Exchange.of(PAYMENT);
  private static final Plan FULL = Plan.of(PAYMENT);
  private static final byte[] CONTENT = AMOUNT.getBytes(UTF_8);
  private static final String SHA_256 = Message.digest("sha-256", CONTENT);

  private final VectorList list;
  private final Exchange signed;

  private ForgedRequests(VectorList list) {
    this.list = list;
    signed = list.scribe().signed(PAYMENT);
  }

  static void add(VectorList list) {
    ForgedRequests requests = new ForgedRequests(list);
    requests.withoutSignature();
    requests.withBrokenFields();
    requests.changed();
    requests.withAnotherTarget();
    requests.withOtherFields();
    requests.byOthers();
    requests.withOtherDigests();
  }

  private void refuse(String name, String about, UnaryOperator<Message> change, String... broken) {
    list.refuseAsItIs(name, about, signed.changed(change), broken);
  }

  private void withoutSignature() {
    list.refuseAsItIs(
        "request-unsigned", "No signature.", UNSIGNED, "HS-5.3.1.2-3", "HS-5.3.1.2-4");
    refuse(
        "request-without-signature-input",
        "Signature without Signature-Input.",
        message -> message.without("Signature-Input"),
        "HS-5.3.1.2-3",
        "HS-5.3.1.2-4",
        "SIG-1");
    refuse(
        "request-without-signature",
        "Signature-Input without Signature.",
        message -> message.without("Signature"),
        "HS-5.3.1.2-3",
        "SIG-1");
    refuse(
        "request-label-of-another-signature",
        "The labels of the two fields differ.",
        message ->
            message.replaced("Signature", message.field("Signature").replace("sig1", "sig2")),
        "HS-5.3.1.2-3",
        "SIG-1");
    refuse(
        "request-label-twice",
        "A second member with the same label, which covers nothing.",
        message ->
            message.with(
                "Signature-Input", FULL.only().label() + "=" + FULL.only().signatureParams()),
        "SIG-1");
  }

  private void withBrokenFields() {
    refuse(
        "request-signature-input-unreadable",
        "The list has no end.",
        message ->
            message.replaced("Signature-Input", message.field("Signature-Input").replace(")", "")),
        "SIG-1");
    refuse(
        "request-signature-input-no-list",
        "The member is no inner list.",
        message -> message.replaced("Signature-Input", "sig1=\"@method\";tag=\"fapi-2-request\""),
        "SIG-1",
        "HS-5.3.1.2-4");
    refuse(
        "request-signature-as-text",
        "The signature is a string.",
        message -> message.replaced("Signature", message.field("Signature").replace(':', '"')),
        "SIG-1");
    refuse(
        "request-signature-empty",
        "The signature has no bytes.",
        message -> message.replaced("Signature", "sig1=::"),
        "HS-5.3.1.2-2",
        "SIG-7",
        "SIG-8");
  }

  private void changed() {
    refuse(
        "request-signature-changed",
        "One bit of the signature.",
        message ->
            message.replaced("Signature", message.field("Signature").replace("=:bgmS", "=:bgmT")),
        "HS-5.3.1.2-2",
        "SIG-7",
        "SIG-8");
    refuse(
        "request-component-stripped",
        "A component taken from the list of a full signature.",
        message ->
            message.replaced(
                "Signature-Input", message.field("Signature-Input").replace(" \"dpop\"", "")),
        "HS-5.3.1.2-7",
        "HS-5.3.1.2-2",
        "SIG-7",
        "SIG-8");
    refuse(
        "request-created-changed",
        "Another time.",
        message ->
            message.replaced(
                "Signature-Input",
                message.field("Signature-Input").replace("=1750000000", "=1750000001")),
        "HS-5.3.1.2-2",
        "SIG-7",
        "SIG-8");
  }

  private void withAnotherTarget() {
    refuse(
        "request-method-changed",
        "Another method.",
        message ->
            message.started(new Request("PUT", "https://rs.example.com/payments?async=true")),
        "HS-5.3.1.2-2",
        "SIG-7",
        "SIG-8");
    refuse(
        "request-query-changed",
        "Another query.",
        message ->
            message.started(new Request("POST", "https://rs.example.com/payments?async=false")),
        "HS-5.3.1.2-2",
        "SIG-7",
        "SIG-8");
    refuse(
        "request-host-changed",
        "Another server.",
        message ->
            message.started(new Request("POST", "https://rs.example.org/payments?async=true")),
        "HS-5.3.1.2-2",
        "SIG-7",
        "SIG-8");
  }

  private void withOtherFields() {
    refuse(
        "request-authorization-changed",
        "Another access token.",
        message -> message.replaced("Authorization", "DPoP another"),
        "HS-5.3.1.2-2",
        "SIG-7",
        "SIG-8");
    refuse(
        "request-dpop-changed",
        "Another proof.",
        message -> message.replaced("DPoP", "eyJhbGciOiJFZERTQSJ9.e30.AB"),
        "HS-5.3.1.2-2",
        "SIG-7",
        "SIG-8");
    refuse(
        "request-content-changed",
        "Another amount, the digest as it was.",
        message -> message.withBody(OTHER_AMOUNT.getBytes(UTF_8)),
        "SIG-10");
    refuse(
        "request-content-and-digest-changed",
        "Another amount and its digest, the signature as it was.",
        message -> message.carrying(OTHER_AMOUNT),
        "HS-5.3.1.2-2",
        "SIG-7",
        "SIG-8");
    refuse(
        "request-content-dropped",
        "No content any more, the digest as it was.",
        message -> message.withBody(new byte[0]),
        "SIG-10");
  }

  private void byOthers() {
    list.refuse(
        "request-key-of-another-client",
        "A good signature by a key that is not this client's.",
        UNSIGNED,
        FULL.by(VectorKey.P256),
        "HS-5.3.1.2-1",
        "SIG-8");
    list.refuse(
        "request-keyid-of-another-key",
        "A signature by another key under the name of the client's.",
        UNSIGNED,
        FULL.forgedBy(VectorKey.P256),
        "HS-5.3.1.2-2",
        "SIG-7",
        "SIG-8");
    list.refuse(
        "request-algorithm-of-another-key",
        "A good signature, but the parameter alg names an algorithm that is not the key's.",
        UNSIGNED,
        FULL.with(FULL.parameters() + ";alg=\"hmac-sha256\""),
        "SIG-7");
    Exchange es256 = list.scribe().signed(UNSIGNED, FULL.by(VectorKey.P256));
    byte[] raw = bytes(es256.request().field("Signature"));
    list.refuseBy(
        VectorKey.P256,
        "request-es256-in-der",
        "The two numbers of ES256 in the form of ASN.1.",
        es256.changed(
            message -> message.replaced("Signature", "sig1=" + Scribe.sequence(inDer(raw)))),
        "HS-5.3.1.2-2",
        "SIG-7",
        "SIG-8");
  }

  private void refuseDigest(String name, String about, String digest) {
    list.refuse(
        name, about, Exchange.of(PAYMENT.replaced("Content-Digest", digest)), FULL, "SIG-10");
  }

  private void withOtherDigests() {
    refuseDigest(
        "request-digest-md5",
        "The digest is right, but by md5 alone, which is not active.",
        "md5=:fMgOt6eVP1WJjENfpoeq6w==:");
    refuseDigest(
        "request-digest-unixsum",
        "Only unixsum, which is no protection at all.",
        "unixsum=:MzgwMzU=:");
    refuseDigest(
        "request-digest-unknown", "Only an algorithm that nobody knows.", "sha-384=:AAAA:");
    refuseDigest(
        "request-one-digest-wrong",
        "The digest by sha-256 is right, the one by sha-512 is not.",
        SHA_256 + ", " + Message.digest("sha-512", OTHER_AMOUNT.getBytes(UTF_8)));
    refuseDigest(
        "request-digest-twice",
        "sha-256 comes twice, the first is wrong: who looks at which?",
        Message.digest("sha-256", OTHER_AMOUNT.getBytes(UTF_8)) + ", " + SHA_256);
    refuseDigest("request-digest-as-text", "The digest is a string.", SHA_256.replace(':', '"'));
    refuseDigest(
        "request-digest-shortened",
        "Half a digest.",
        "sha-256=" + Scribe.sequence(Arrays.copyOf(bytes(SHA_256), 16)));
    list.refuse(
        "request-digest-of-unzipped-content",
        "The content is compressed, and the digest is of what it was before.",
        Exchange.of(PAYMENT.withBody(ZIPPED).with("Content-Encoding", "gzip")),
        FULL,
        "SIG-10");
  }

  /** What stands between the colons. */
  private static byte[] bytes(String member) {
    return Base64.getDecoder()
        .decode(member.substring(member.indexOf(':') + 1, member.lastIndexOf(':')));
  }

  private static byte[] inDer(byte[] raw) {
    byte[] r = new BigInteger(1, Arrays.copyOf(raw, 32)).toByteArray();
    byte[] s = new BigInteger(1, Arrays.copyOfRange(raw, 32, 64)).toByteArray();
    byte[] der = new byte[6 + r.length + s.length];
    der[0] = 0x30;
    der[1] = (byte) (4 + r.length + s.length);
    der[2] = 2;
    der[3] = (byte) r.length;
    System.arraycopy(r, 0, der, 4, r.length);
    der[4 + r.length] = 2;
    der[5 + r.length] = (byte) s.length;
    System.arraycopy(s, 0, der, 6 + r.length, s.length);
    return der;
  }
}
