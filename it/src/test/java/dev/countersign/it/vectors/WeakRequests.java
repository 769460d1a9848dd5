package dev.countersign.it.vectors;

import static dev.countersign.it.vectors.Messages.ACCOUNTS;
import static dev.countersign.it.vectors.Messages.AMOUNT;
import static dev.countersign.it.vectors.Messages.PAYMENT;
import static dev.countersign.it.vectors.Plan.CREATED;
import static dev.countersign.it.vectors.VectorList.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;

/**
 * Requests whose signatures are good, but not such as they must be: what is covered, when and what
 * for.
 */
final class WeakRequests {
  private static final Exchange UNSIGNED = Exchange.of(PAYMENT);
  private static final Plan FULL = Plan.of(PAYMENT);
  private static final String NAMED = ";keyid=\"test-key-ed25519\"";
  private static final String TAG = ";tag=\"fapi-2-request\"";

  private final VectorList list;

  private WeakRequests(VectorList list) {
    this.list = list;
  }

  static void add(VectorList list) {
    WeakRequests requests = new WeakRequests(list);
    requests.withLessCovered();
    requests.withContentNotCovered();
    requests.withOtherTimes();
    requests.withOtherTags();
    requests.withOtherComponents();
    requests.withComponentsThatAreNone();
    requests.withSeveralSignatures();
  }

  private void refuse(String name, String about, Plan plan, String... broken) {
    list.refuse(name, about, UNSIGNED, plan, broken);
  }

  private void withLessCovered() {
    refuse(
        "request-method-not-covered",
        "\"@method\" is missing.",
        FULL.without("\"@method\""),
        "HS-5.3.1.2-5");
    refuse(
        "request-target-uri-not-covered",
        "\"@target-uri\" is missing.",
        FULL.without("\"@target-uri\""),
        "HS-5.3.1.2-5");
    refuse(
        "request-parts-of-target-uri-covered",
        "Its parts are covered in the place of \"@target-uri\".",
        FULL.without("\"@target-uri\"")
            .covering("\"@authority\"")
            .covering("\"@path\"")
            .covering("\"@query\""),
        "HS-5.3.1.2-5");
    refuse(
        "request-authorization-not-covered",
        "\"authorization\" is missing.",
        FULL.without("\"authorization\""),
        "HS-5.3.1.2-5");
    refuse(
        "request-dpop-not-covered",
        "There is a field DPoP, and \"dpop\" is missing.",
        FULL.without("\"dpop\""),
        "HS-5.3.1.2-7");
    refuse(
        "request-digest-not-covered",
        "There is content, and \"content-digest\" is missing.",
        FULL.without("\"content-digest\""),
        "HS-5.3.1.2-8");
  }

  private void withContentNotCovered() {
    refuse("request-nothing-covered", "The list is empty.", FULL.only(), "HS-5.3.1.2-5");
    Message undigested = PAYMENT.without("Content-Digest");
    list.refuse(
        "request-content-without-digest",
        "There is content and no Content-Digest.",
        Exchange.of(undigested),
        Plan.of(undigested),
        "HS-5.3.1.2-8");
    list.refuseAsItIs(
        "request-content-added",
        "Somebody added content to a request that had none.",
        list.scribe().signed(ACCOUNTS).changed(message -> message.withBody(AMOUNT.getBytes(UTF_8))),
        "HS-5.3.1.2-8");
    refuse(
        "request-member-of-digest-covered",
        "Only one member of Content-Digest is covered, not the field.",
        FULL.without("\"content-digest\"")
            .covering(
                "\"content-digest\";key=\"sha-256\"",
                PAYMENT.field("Content-Digest").substring("sha-256=".length())),
        "HS-5.3.1.2-8");
  }

  private void withOtherTimes() {
    refuse("request-created-missing", "When?", FULL.with(NAMED + TAG), "HS-5.3.1.2-6");
    list.refuseAt(
        CREATED + 61,
        "request-61-seconds-old",
        "A second older than it may be.",
        list.scribe().signed(PAYMENT),
        "HS-5.3.1.2-6");
    list.refuseAt(
        CREATED - 61,
        "request-61-seconds-ahead",
        "No clock is that wrong.",
        list.scribe().signed(PAYMENT),
        "HS-5.3.1.2-6");
    refuse(
        "request-created-as-text",
        "The time is a string.",
        FULL.with(";created=\"" + CREATED + "\"" + NAMED + TAG),
        "HS-5.3.1.2-6",
        "SIG-6");
    refuse(
        "request-created-as-date",
        "The time is a date of structured fields.",
        FULL.with(";created=@" + CREATED + NAMED + TAG),
        "HS-5.3.1.2-6",
        "SIG-6");
    refuse(
        "request-expired",
        "The end has passed, which the signer chose.",
        FULL.with(";created=" + CREATED + ";expires=" + (NOW - 1) + NAMED + TAG),
        "SIG-6",
        "HS-5.3.1.2-6");
  }

  private void withOtherTags() {
    String created = ";created=" + CREATED;
    refuse("request-tag-missing", "What for?", FULL.with(created + NAMED), "HS-5.3.1.2-4");
    refuse(
        "request-tag-of-another-application",
        "A signature for something else.",
        FULL.with(CREATED, "web-bot-auth"),
        "HS-5.3.1.2-4");
    refuse(
        "request-tag-of-responses",
        "A signature of a response.",
        FULL.with(CREATED, "fapi-2-response"),
        "HS-5.3.1.2-4");
    refuse(
        "request-tag-in-another-case",
        "Tags are compared exactly.",
        FULL.with(CREATED, "FAPI-2-request"),
        "HS-5.3.1.2-4");
    refuse(
        "request-tag-as-token",
        "The tag is a token, not a string.",
        FULL.with(created + NAMED + ";tag=fapi-2-request"),
        "HS-5.3.1.2-4",
        "SIG-6");
    refuse(
        "request-tag-twice",
        "The last parameter counts: this is a signature for something else.",
        FULL.with(created + NAMED + TAG + ";tag=\"other\""),
        "HS-5.3.1.2-4",
        "SIG-1",
        "SIG-6");
  }

  private void withOtherComponents() {
    refuse(
        "request-component-twice",
        "Each component may be there once.",
        FULL.covering("\"@method\""),
        "SIG-2");
    refuse(
        "request-unknown-parameter-of-component",
        "A parameter that nobody knows.",
        FULL.covering("\"@method\";foo", "POST"),
        "SIG-2");
    refuse(
        "request-unknown-derived-component",
        "Names with an at sign are never fields.",
        FULL.covering("\"@foo\"", "bar"),
        "SIG-2",
        "SIG-3");
    refuse(
        "request-component-of-request",
        "Only a response has a request.",
        FULL.without("\"@method\"").covering("\"@method\";req"),
        "SIG-2",
        "HS-5.3.1.2-5");
    refuse(
        "request-status",
        "A request has no status.",
        FULL.covering("\"@status\"", "200"),
        "SIG-2",
        "SIG-3");
  }

  private void withComponentsThatAreNone() {
    refuse(
        "request-field-that-is-not-there",
        "A field that is covered must be there.",
        FULL.covering("\"x-absent\"", ""),
        "SIG-2");
    refuse(
        "request-signature-params-in-the-list",
        "The parameters are covered always, and never by the list.",
        FULL.covering("\"@signature-params\"", ""),
        "SIG-2",
        "SIG-6");
    refuse(
        "request-field-in-upper-case",
        "Names of fields are written in lower case.",
        FULL.covering("\"Content-Type\""),
        "SIG-2");
    refuse(
        "request-component-as-token",
        "Names of components are strings.",
        FULL.covering("content-type", "application/json"),
        "SIG-1",
        "SIG-2");
  }

  private void withSeveralSignatures() {
    Plan weak = FULL.only("\"@method\"");
    list.refuseAsItIs(
        "request-full-signature-has-another-tag",
        "What covers all has another tag, what has the tag covers too little.",
        list.scribe()
            .signed(
                list.scribe().signed(UNSIGNED, FULL.with(CREATED, "other")), weak.labelled("b")),
        "HS-5.3.1.2-5");
    list.refuseAsItIs(
        "request-weak-signature-before",
        "Of two signatures with the tag one covers too little.",
        list.scribe().signed(list.scribe().signed(UNSIGNED, weak), FULL.labelled("sig2")),
        "HS-5.3.1.2-4",
        "HS-5.3.1.2-5",
        "SIG-8");
    list.refuseAsItIs(
        "request-weak-signature-behind",
        "Of two signatures with the tag one covers too little.",
        list.scribe().signed(list.scribe().signed(UNSIGNED, FULL), weak.labelled("sig2")),
        "HS-5.3.1.2-4",
        "HS-5.3.1.2-5",
        "SIG-8");
    Plan foreign =
        new Plan(
            "sig2",
            List.of(),
            Map.of(),
            ";created=" + CREATED + ";keyid=\"test-key-ecc-p256\"" + TAG,
            VectorKey.P256);
    list.refuseAsItIs(
        "request-second-signature-of-another-key",
        "Somebody else added a signature with the tag that covers nothing.",
        list.scribe().signed(list.scribe().signed(UNSIGNED, FULL), foreign),
        "HS-5.3.1.2-4",
        "HS-5.3.1.2-5",
        "SIG-8");
  }
}
