package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.deployment.TestCertificate;
import dev.countersign.attacker.forge.Certificates;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.FormCall;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Server;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Line;
import dev.countersign.attacker.wire.Move;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client's certificate, which everybody may have seen, in a header field. */
final class CertificateHeader implements Recipe {
  private static final String RULE = "MT-13";
  private static final int PEM_LINE = 64;

  @Override
  public About about() {
    return About.of("A2-06", "cert-header-smuggle")
        .also("ATT-37")
        .by(Attacker.A1, Attacker.A2)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.MUTUAL_TLS)
        .stoppedBy(RULE, "certificates in header fields count from the trusted proxy alone")
        .means("Whoever knows a client's certificate, which is no secret, acts as the client.")
        .change(
            "Let the proxy strip every field in which it hands on certificates, in all spellings,"
                + " and take the fields from its address alone (RFC 9440 sections 2.4, 4).");
  }

  private record Smuggled(String what, List<Map.Entry<String, String>> fields) {}

  private static Smuggled one(String name, String value) {
    return new Smuggled(name, List.of(Map.entry(name, value)));
  }

  private static List<Smuggled> all(X509Certificate certificate) {
    String der = Certificates.base64(certificate);
    String bytes = ":" + der + ":";
    byte[] newline = {'\n'};
    byte[] raw = Base64.getDecoder().decode(der);
    String lines = Base64.getMimeEncoder(PEM_LINE, newline).encodeToString(raw);
    String pem = "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
    String spaced = pem.strip().replace('\n', ' ');
    String encoded = java.net.URLEncoder.encode(pem, StandardCharsets.UTF_8).replace("+", "%20");
    String subject = certificate.getSubjectX500Principal().getName();
    String envoy = "Cert=\"" + encoded + "\";Subject=\"" + subject.replace("\"", "") + "\"";
    Map.Entry<String, String> client = Map.entry("Client-Cert", bytes);
    Map.Entry<String, String> junk = Map.entry("Client-Cert", ":AAAA:");
    return List.of(
        one("Client-Cert", bytes),
        one("Client_Cert", bytes),
        new Smuggled(
            "Client-Cert with Client-Cert-Chain",
            List.of(client, Map.entry("Client-Cert-Chain", bytes))),
        one("Client-Cert-Chain", bytes),
        new Smuggled("Client-Cert twice, the last is right", List.of(junk, client)),
        new Smuggled("Client-Cert twice, the first is right", List.of(client, junk)),
        one("X-SSL-CERT", encoded),
        one("X_SSL_CERT", spaced),
        one("X-SSL-Client-Cert", encoded),
        one("SSL_CLIENT_CERT", spaced),
        one("SSL-CLIENT-CERT", encoded),
        one("X-Client-Cert", der),
        one("X-Client-Certificate", encoded),
        one("X-ARR-ClientCert", der),
        one("X-Forwarded-Tls-Client-Cert", java.net.URLEncoder.encode(der, StandardCharsets.UTF_8)),
        one("X-Forwarded-Client-Cert", envoy),
        one("X-Amzn-Mtls-Clientcert", encoded),
        one("X-Amzn-Mtls-Clientcert-Leaf", encoded),
        new Smuggled(
            "a subject that is said to be verified",
            List.of(
                Map.entry("X-SSL-Client-Verify", "SUCCESS"),
                Map.entry("SSL_CLIENT_VERIFY", "SUCCESS"),
                Map.entry("X-SSL-Client-S-DN", subject),
                Map.entry("SSL_CLIENT_S_DN", subject))));
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.mutualTls();
    TestCertificate right = client.client().certificate().orElseThrow();
    TestCertificate own = Certificates.selfSigned("CN=Attacker", lab);
    play.twin("the client pushes a request by its certificate", client::pushed);
    for (Smuggled smuggled : all(right.own())) {
      play.refused(
          smuggled.what() + ", on a connection without a certificate",
          push(client, smuggled, Optional.empty()),
          Expected.refusal(RULE).orClosing());
      play.refused(
          smuggled.what() + ", on a connection with the attacker's certificate",
          push(client, smuggled, Optional.of(own)),
          Expected.refusal(RULE).orClosing());
    }
    raw(play, lab, client, right);
    if (lab.server().alias(Server.PAR).isPresent()) {
      URI usual = lab.server().need(Server.PAR, false);
      play.refused(
          "Client-Cert at the usual endpoint",
          send(lab, client, usual, "Client-Cert: :" + Certificates.base64(right.own()) + ":"),
          Expected.refusal(RULE).orClosing());
    }
  }

  private static Answer push(Caller client, Smuggled smuggled, Optional<TestCertificate> shown)
      throws IOException {
    FormCall call = client.attacking().push().call().certificate(shown);
    smuggled.fields().forEach(field -> call.field(field.getKey(), field.getValue()));
    return call.send();
  }

  /** Spellings by which a proxy that strips fields is deceived. */
  private static void raw(Play play, Lab lab, Caller client, TestCertificate right)
      throws IOException {
    URI url = lab.server().need(Server.PAR, true);
    String value = ":" + Certificates.base64(right.own()) + ":";
    List<Map.Entry<String, String>> spellings =
        List.of(
            Map.entry("a space before the colon", "Client-Cert : " + value),
            Map.entry("a space before the name", " Client-Cert: " + value),
            Map.entry("a tab after the name", "Client-Cert\t: " + value),
            Map.entry("folded into another field", "X-Other: x\r\n Client-Cert: " + value),
            Map.entry("a value that is folded", "Client-Cert:\r\n " + value),
            Map.entry("after a bare line feed", "X-Other: x\nClient-Cert: " + value),
            Map.entry("after a bare carriage return", "X-Other: x\rClient-Cert: " + value),
            Map.entry("in lower case", "client-cert: " + value),
            Map.entry("named as one to drop", "Connection: Client-Cert\r\nClient-Cert: " + value));
    for (Map.Entry<String, String> spelling : spellings) {
      play.refused(
          "Client-Cert, " + spelling.getKey(),
          send(lab, client, url, spelling.getValue()),
          Expected.refusal(RULE).orClosing());
    }
  }

  private static Answer send(Lab lab, Caller client, URI url, String field) throws IOException {
    byte[] body = client.push().call().encoded().getBytes(StandardCharsets.UTF_8);
    String head =
        "POST "
            + url.getRawPath()
            + " HTTP/1.1\r\nHost: "
            + url.getRawAuthority()
            + "\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + field
            + "\r\nContent-Length: "
            + body.length
            + "\r\nConnection: close\r\n\r\n";
    byte[] start = Line.latin1(head);
    byte[] all = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return lab.line().raw(Move.ATTACKER_REQUEST, url, all, Optional.empty());
  }
}
