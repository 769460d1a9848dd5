package dev.countersign.it.vectors;

import static dev.countersign.it.vectors.Messages.ACCOUNTS;
import static dev.countersign.it.vectors.Messages.AMOUNT;
import static dev.countersign.it.vectors.Messages.PAYMENT;
import static dev.countersign.it.vectors.Messages.PAYMENT_BY_CERTIFICATE;
import static dev.countersign.it.vectors.Messages.ZIPPED;
import static dev.countersign.it.vectors.Plan.CREATED;
import static dev.countersign.it.vectors.VectorList.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;

/** Requests that a resource server accepts, at the edges of what is allowed. */
final class GoodRequests {
  private final VectorList list;

  private GoodRequests(VectorList list) {
    this.list = list;
  }

  static void add(VectorList list) {
    GoodRequests requests = new GoodRequests(list);
    requests.ofEachKind();
    requests.ofEachAlgorithm();
    requests.withMoreThanNeeded();
    requests.withFieldsInOtherForms();
    requests.writtenInOtherWays();
    requests.besideOtherThings();
    requests.atTheEdgesOfTime();
    requests.withOtherDigests();
  }

  private void accept(String name, String about, Message request) {
    list.accept(name, about, Exchange.of(request), Plan.of(request));
  }

  private void accept(String name, String about, Message request, Plan plan) {
    list.accept(name, about, Exchange.of(request), plan);
  }

  private void ofEachKind() {
    accept(
        "request-payment",
        "A payment with DPoP. Ed25519 has one signature for one base, so a signer can be held"
            + " against this one bit for bit.",
        PAYMENT);
    accept("request-without-content", "No content, so no digest.", ACCOUNTS);
    accept(
        "request-with-certificate",
        "The token is bound to a client certificate; there is no DPoP field to cover.",
        PAYMENT_BY_CERTIFICATE);
    Message empty =
        ACCOUNTS
            .started(new Message.Request("POST", "https://rs.example.com/accounts"))
            .withBody(new byte[0])
            .with("Content-Digest", Message.digest("sha-256", new byte[0]));
    accept("request-empty-content", "The digest of no bytes, covered.", empty);
    accept(
        "request-target-as-sent",
        "The target URI is covered as it is: nothing is decoded or sorted.",
        ACCOUNTS.started(
            new Message.Request(
                "GET", "https://rs.example.com/a%2Fb/../c%20d?z=1&a=%41&a=2&empty=&x+y")));
  }

  private void ofEachAlgorithm() {
    accept(
        "request-es256",
        "ES256: r and s, 32 bytes each. Another signer makes another signature.",
        PAYMENT,
        Plan.of(PAYMENT).by(VectorKey.P256));
    accept(
        "request-ps256",
        "PS256, with a salt of 32 bytes: no name of RFC 9421 stands for it, the key tells. Another"
            + " signer makes another signature.",
        PAYMENT,
        Plan.of(PAYMENT).by(VectorKey.RSA_PSS));
    accept(
        "request-algorithm-named",
        "The parameter alg, with the name that RFC 9421 has for the algorithm of the key.",
        PAYMENT,
        Plan.of(PAYMENT).with(Plan.of(PAYMENT).parameters() + ";alg=\"ed25519\""));
  }

  private void withMoreThanNeeded() {
    accept(
        "request-more-covered",
        "More is covered than has to be.",
        PAYMENT,
        Plan.of(PAYMENT).covering("\"content-type\"").covering("\"@authority\""));
    accept(
        "request-derived-components",
        "All derived components of a request.",
        PAYMENT,
        Plan.of(PAYMENT)
            .covering("\"@authority\"")
            .covering("\"@scheme\"", "https")
            .covering("\"@request-target\"", "/payments?async=true")
            .covering("\"@path\"")
            .covering("\"@query\"")
            .covering("\"@query-param\";name=\"async\"", "true"));
  }

  private void withFieldsInOtherForms() {
    Message noted = PAYMENT.with("X-Note", "  one ").with("X-Note", "two, three");
    accept(
        "request-field-on-two-lines",
        "A field on two lines is covered as one value, without the spaces around.",
        noted,
        Plan.of(noted).covering("\"x-note\"", "one, two, three"));
    accept(
        "request-field-as-bytes",
        "The same lines, each as a byte sequence.",
        noted,
        Plan.of(noted).covering("\"x-note\";bs", ":b25l:, :dHdvLCB0aHJlZQ==:"));
    Message dictionary = PAYMENT.with("X-Dictionary", "a=1,  b=(x  y); c, d");
    accept(
        "request-members-of-a-dictionary",
        "Members are covered in their canonical form.",
        dictionary,
        Plan.of(dictionary)
            .covering("\"x-dictionary\";key=\"b\"", "(x y);c")
            .covering("\"x-dictionary\";key=\"d\"", "?1"));
    accept(
        "request-with-nonce",
        "A nonce, which FAPI does not ask for.",
        PAYMENT,
        Plan.of(PAYMENT).with(Plan.of(PAYMENT).parameters() + ";nonce=\"b3k2pp5k7z-50gnwp.yemd\""));
  }

  private void writtenInOtherWays() {
    accept(
        "request-other-label",
        "The label says nothing: the signature is found by its tag.",
        PAYMENT,
        Plan.of(PAYMENT).labelled("*x-1_2.y"));
    String keyFirst = ";tag=\"fapi-2-request\";keyid=\"test-key-ed25519\";created=" + CREATED;
    accept(
        "request-parameters-in-another-order",
        "The order of parameters and components is the signer's.",
        PAYMENT,
        Plan.of(PAYMENT)
            .only(
                "\"content-digest\"",
                "\"dpop\"",
                "\"authorization\"",
                "\"@target-uri\"",
                "\"@method\"")
            .with(keyFirst));
  }

  private void besideOtherThings() {
    Exchange signed = list.scribe().signed(PAYMENT);
    Exchange spaced =
        signed.changed(
            message ->
                message.replaced(
                    "Signature-Input",
                    message
                        .field("Signature-Input")
                        .replace(" \"", "   \"")
                        .replace("(", "(  ")
                        .replace(";", ";  ")));
    list.acceptAsItIs(
        "request-spaces-in-signature-input",
        "What is signed is the canonical form of the parameters, whatever spaces they come with.",
        spaced,
        Scribe.base(Exchange.of(PAYMENT), Plan.of(PAYMENT)));
    Plan proxy =
        new Plan(
            "proxy",
            List.of("\"@method\""),
            Map.of(),
            ";created=" + CREATED + ";keyid=\"proxy\";tag=\"proxy\"",
            VectorKey.ED25519);
    Message passed = list.scribe().signed(Exchange.of(PAYMENT), proxy).request();
    accept(
        "request-beside-another-signature",
        "A signature with another tag, which is nobody's business here.",
        passed,
        Plan.of(PAYMENT));
  }

  private void atTheEdgesOfTime() {
    Exchange payment = Exchange.of(PAYMENT);
    list.accept(
        "request-60-seconds-old", "As old as one may be.", CREATED + 60, payment, Plan.of(PAYMENT));
    list.accept(
        "request-10-seconds-ahead",
        "Clocks may differ by so much.",
        CREATED - 10,
        payment,
        Plan.of(PAYMENT));
    list.accept(
        "request-not-yet-expired",
        "An end that is still to come.",
        NOW,
        payment,
        Plan.of(PAYMENT).with(Plan.of(PAYMENT).parameters() + ";expires=" + (NOW + 1)));
  }

  private void withOtherDigests() {
    byte[] content = AMOUNT.getBytes(UTF_8);
    String sha256 = Message.digest("sha-256", content);
    String sha512 = Message.digest("sha-512", content);
    accept("request-sha-512", "The other algorithm.", PAYMENT.replaced("Content-Digest", sha512));
    accept(
        "request-two-digests",
        "Two digests, both right.",
        PAYMENT.replaced("Content-Digest", sha512 + ", " + sha256));
    accept(
        "request-md5-beside-sha-256",
        "Algorithms that are not active are not asked: the value of md5 is wrong.",
        PAYMENT.replaced("Content-Digest", "md5=:AAAAAAAAAAAAAAAAAAAAAA==:, " + sha256));
    accept(
        "request-gzip",
        "The digest is of the content as it is sent, which is compressed.",
        PAYMENT
            .withBody(ZIPPED)
            .with("Content-Encoding", "gzip")
            .replaced("Content-Digest", Message.digest("sha-256", ZIPPED)));
  }
}
