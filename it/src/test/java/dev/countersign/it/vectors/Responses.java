package dev.countersign.it.vectors;

import static dev.countersign.it.vectors.Messages.ACCEPTED;
import static dev.countersign.it.vectors.Messages.ACCOUNTS;
import static dev.countersign.it.vectors.Messages.CREATED;
import static dev.countersign.it.vectors.Messages.OTHER_AMOUNT;
import static dev.countersign.it.vectors.Messages.PAYMENT;
import static dev.countersign.it.vectors.Messages.PAYMENT_BY_CERTIFICATE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.it.vectors.Message.Request;
import dev.countersign.it.vectors.Message.Response;
import java.util.function.UnaryOperator;

/** Responses, which a client holds against the request that it sent. */
final class Responses {
  private static final String NAMED = ";keyid=\"test-key-ed25519\"";

  private final VectorList list;
  private final Message payment;
  private final Exchange unsigned;
  private final Plan full;
  private final Exchange signed;

  private Responses(VectorList list) {
    this.list = list;
    payment = list.scribe().signed(PAYMENT).request();
    unsigned = Exchange.of(payment).answered(CREATED);
    full = Plan.of(payment, CREATED);
    signed = list.scribe().answered(payment, CREATED);
  }

  static void add(VectorList list) {
    Responses responses = new Responses(list);
    responses.accepted();
    responses.acceptedWithMoreOrLess();
    responses.ofEachAlgorithm();
    responses.withLessCovered();
    responses.withLessOfTheRequestCovered();
    responses.withOtherComponents();
    responses.withOtherParameters();
    responses.withoutSignature();
    responses.changed();
    responses.ofOtherRequests();
    responses.ofRequestsForSomethingElse();
    responses.byOthers();
  }

  private void accept(String name, String about, Message request, Message response) {
    list.accept(name, about, Exchange.of(request).answered(response), Plan.of(request, response));
  }

  private void refuse(String name, String about, Plan plan, String... broken) {
    list.refuse(name, about, unsigned, plan, broken);
  }

  private void refuse(String name, String about, UnaryOperator<Message> change, String... broken) {
    list.refuseAsItIs(name, about, signed.changed(change), broken);
  }

  private void accepted() {
    accept(
        "response-payment",
        "The answer to request-payment. Ed25519 has one signature for one base, so a signer can be"
            + " held against this one bit for bit.",
        payment,
        CREATED);
    Message accounts = list.scribe().signed(ACCOUNTS).request();
    accept(
        "response-to-a-request-without-content",
        "There is no digest of the request to cover.",
        accounts,
        Message.response(200).carrying("{\"accounts\":[]}"));
    accept(
        "response-without-content",
        "No content, so no digest.",
        list.scribe()
            .signed(
                ACCOUNTS.started(
                    new Request("DELETE", "https://rs.example.com/payments/36fc67776")))
            .request(),
        Message.response(204));
  }

  private void acceptedWithMoreOrLess() {
    accept(
        "response-with-certificate",
        "The request had no DPoP field.",
        list.scribe().signed(PAYMENT_BY_CERTIFICATE).request(),
        CREATED);
    accept(
        "response-refusal",
        "Refusals are signed, too.",
        payment,
        Message.response(403).carrying("{\"error\":\"insufficient_scope\"}"));
    list.accept(
        "response-more-covered",
        "More is covered than has to be.",
        unsigned,
        full.covering("\"content-type\"").covering("\"authorization\";req"));
    list.accept(
        "response-other-label",
        "The label says nothing, and need not be that of the request.",
        unsigned,
        full.labelled("reply"));
  }

  private void ofEachAlgorithm() {
    list.accept("response-es256", "ES256.", unsigned, full.by(VectorKey.P256));
    list.accept("response-ps256", "PS256.", unsigned, full.by(VectorKey.RSA_PSS));
    Message request =
        list.scribe().signed(Exchange.of(PAYMENT), Plan.of(PAYMENT).by(VectorKey.P256)).request();
    accept("response-to-es256", "The two sides have keys of different kinds.", request, CREATED);
  }

  private void withLessCovered() {
    refuse(
        "response-status-not-covered",
        "\"@status\" is missing.",
        full.without("\"@status\""),
        "HS-5.3.2.2-3");
    refuse(
        "response-digest-not-covered",
        "There is content, and \"content-digest\" is missing.",
        full.without("\"content-digest\""),
        "HS-5.3.2.2-4");
    Message undigested = CREATED.without("Content-Digest");
    list.refuse(
        "response-content-without-digest",
        "There is content and no Content-Digest.",
        unsigned.answered(undigested),
        Plan.of(payment, undigested),
        "HS-5.3.2.2-4");
  }

  private void withLessOfTheRequestCovered() {
    refuse(
        "response-method-not-covered",
        "The method of the request is missing.",
        full.without("\"@method\";req"),
        "HS-5.3.2.1-2",
        "HS-5.3.2.2-N");
    refuse(
        "response-target-uri-not-covered",
        "The target URI of the request is missing.",
        full.without("\"@target-uri\";req"),
        "HS-5.3.2.1-2",
        "HS-5.3.2.2-N");
    refuse(
        "response-digest-of-request-not-covered",
        "The digest of the request is missing, which had one.",
        full.without("\"content-digest\";req"),
        "HS-5.3.2.1-2",
        "HS-5.3.2.2-N");
    refuse(
        "response-signature-of-request-not-covered",
        "The signature of the request is missing.",
        full.without("\"signature\";req"),
        "HS-5.3.2.1-3",
        "HS-5.3.2.2-N");
    refuse(
        "response-signature-input-of-request-not-covered",
        "What the signature of the request covers is missing.",
        full.without("\"signature-input\";req"),
        "HS-5.3.2.1-3",
        "HS-5.3.2.2-N");
    refuse("response-nothing-covered", "The list is empty.", full.only(), "HS-5.3.2.2-3");
  }

  private void withOtherComponents() {
    refuse(
        "response-method-of-its-own",
        "A response has no method of its own.",
        full.covering("\"@method\"", "POST"),
        "SIG-2",
        "SIG-3");
    refuse(
        "response-status-of-request",
        "A request has no status.",
        full.covering("\"@status\";req", "201"),
        "SIG-2",
        "SIG-3");
    refuse(
        "response-component-twice",
        "Each component may be there once.",
        full.covering("\"@method\";req"),
        "SIG-2");
  }

  private void withOtherParameters() {
    refuse(
        "response-created-missing",
        "When?",
        full.with(NAMED + ";tag=\"fapi-2-response\""),
        "HS-5.3.2.2-3");
    refuse(
        "response-tag-missing",
        "What for?",
        full.with(";created=" + (Plan.CREATED + 1) + NAMED),
        "HS-5.3.2.2-5");
    refuse(
        "response-tag-of-requests",
        "A signature of a request.",
        full.with(Plan.CREATED + 1, "fapi-2-request"),
        "HS-5.3.2.2-5");
    list.refuse(
        "response-algorithm-of-another-key",
        "A good signature, but the parameter alg names an algorithm that is not the key's.",
        unsigned,
        full.with(full.parameters() + ";alg=\"rsa-v1_5-sha256\""),
        "SIG-7");
  }

  private void withoutSignature() {
    list.refuseAsItIs(
        "response-unsigned", "No signature.", unsigned, "HS-5.3.2.2-2", "HS-5.3.2.2-5");
    refuse(
        "response-without-signature-input",
        "Signature without Signature-Input.",
        message -> message.without("Signature-Input"),
        "HS-5.3.2.2-2",
        "HS-5.3.2.2-5",
        "SIG-1");
    list.refuseAsItIs(
        "response-with-the-signature-of-the-request",
        "Only the fields of the request, sent back.",
        unsigned.changed(
            message ->
                message
                    .with("Signature-Input", payment.field("Signature-Input"))
                    .with("Signature", payment.field("Signature"))),
        "HS-5.3.2.2-5");
  }

  private void changed() {
    refuse(
        "response-status-changed",
        "Another status.",
        message -> message.started(new Response(200)),
        "HS-5.3.2.2-2",
        "SIG-7",
        "SIG-8");
    refuse(
        "response-content-changed",
        "Another status of the payment, the digest as it was.",
        message -> message.withBody(ACCEPTED.replace("accepted", "rejected").getBytes(UTF_8)),
        "SIG-10");
    refuse(
        "response-content-and-digest-changed",
        "Another status of the payment and its digest, the signature as it was.",
        message -> message.carrying(ACCEPTED.replace("accepted", "rejected")),
        "HS-5.3.2.2-2",
        "SIG-7",
        "SIG-8");
    refuse(
        "response-signature-changed",
        "One bit of the signature.",
        message ->
            message.replaced("Signature", message.field("Signature").replace("=:qX4R", "=:qX4S")),
        "HS-5.3.2.2-2",
        "SIG-7",
        "SIG-8");
    Message weak = CREATED.replaced("Content-Digest", "md5=:AAAAAAAAAAAAAAAAAAAAAA==:");
    list.refuse(
        "response-digest-md5",
        "A digest by md5 alone, which is not active.",
        unsigned.answered(weak),
        full,
        "SIG-10");
  }

  private void ofOtherRequests() {
    list.refuseAsItIs(
        "response-of-another-payment",
        "The signed response of a payment of another amount.",
        new Exchange(
            list.scribe().signed(PAYMENT.carrying(OTHER_AMOUNT)).request(), signed.response()),
        "HS-5.3.2.2-2",
        "SIG-7",
        "SIG-8");
    list.refuseAsItIs(
        "response-of-the-same-payment-before",
        "The signed response of the same request a second earlier: only its signature differs.",
        new Exchange(
            list.scribe()
                .signed(
                    Exchange.of(PAYMENT), Plan.of(PAYMENT).with(Plan.CREATED + 1, "fapi-2-request"))
                .request(),
            signed.response()),
        "HS-5.3.2.2-2",
        "SIG-7",
        "SIG-8");
  }

  private void ofRequestsForSomethingElse() {
    list.refuseAsItIs(
        "response-of-another-target",
        "The signed response of a request for something else.",
        signed.changedRequest(
            request ->
                request.started(
                    new Request("POST", "https://rs.example.com/payments?async=false"))),
        "HS-5.3.2.2-2",
        "SIG-7",
        "SIG-8");
    list.refuseAsItIs(
        "response-of-another-method",
        "The signed response of a request by another method.",
        signed.changedRequest(
            request ->
                request.started(new Request("PUT", "https://rs.example.com/payments?async=true"))),
        "HS-5.3.2.2-2",
        "SIG-7",
        "SIG-8");
  }

  private void byOthers() {
    list.refuse(
        "response-key-of-another-server",
        "A good signature by a key that is not this server's.",
        unsigned,
        full.by(VectorKey.P256),
        "HS-5.3.2.2-1",
        "SIG-8");
    list.refuse(
        "response-keyid-of-another-key",
        "A signature by another key under the name of the server's.",
        unsigned,
        full.forgedBy(VectorKey.P256),
        "HS-5.3.2.2-2",
        "SIG-7",
        "SIG-8");
  }
}
