package dev.countersign.cli;

import dev.countersign.demo.Demo;
import dev.countersign.demo.ca.KeptAuthority;
import java.util.ArrayList;
import java.util.List;

/** What a person reads when the demonstration has started. */
final class DemoText {
  private final Demo demo;

  DemoText(Demo demo) {
    this.demo = demo;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Countersign demo. Everything in it is made up; never use it for anything real.");
    if (demo.scene().signing().isOfMessages()) {
      lines.add("Every message is signed: FAPI 2.0 Message Signing, and HTTP Signatures (draft).");
    }
    lines.add("");
    lines.add("  Open this first       " + demo.app() + "  a third party's web app");
    lines.add("  See the messages      " + demo.viewer() + "  the flow viewer");
    lines.add("  Who has access        " + demo.myGrants() + "  the person's page at the bank");
    lines.add("");
    lines.add("  Authorization server  " + demo.server());
    lines.add("  The bank's API        " + demo.bank());
    lines.add("");
    demo.people()
        .forEach(
            person ->
                lines.add(
                    "  Log in as             %s, password %s  (demo only)"
                        .formatted(person.username(), person.password())));
    lines.add("");
    lines.addAll(trust(demo.authority()));
    lines.add("");
    lines.add("Stop with Ctrl-C.");
    return lines;
  }

  private static List<String> trust(KeptAuthority authority) {
    String file = authority.certificate().toString();
    return List.of(
        authority.isNew()
            ? "Let your browser trust this demo's certificate authority, once:"
            : "If your browser does not trust this demo's certificate authority yet:",
        "",
        "  File             " + file,
        "  SHA-256          " + authority.fingerprint(),
        "  Firefox          Settings, Certificates, View Certificates, Authorities, Import",
        "  Chrome on Linux  certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n countersign-demo -i "
            + quoted(file),
        "  macOS            security add-trusted-cert -r trustRoot -p ssl -k"
            + " ~/Library/Keychains/login.keychain-db "
            + quoted(file),
        "  Windows          certutil -user -addstore Root \"" + file + "\"",
        "  curl             curl --cacert " + quoted(file) + " ...",
        "",
        "(certutil on Linux comes with the package libnss3-tools or nss-tools.)",
        "It can vouch for servers at localhost, 127.0.0.1 and ::1 only. Its key stays beside it,"
            + " readable by you alone.");
  }

  /** One word of a POSIX shell. */
  private static String quoted(String path) {
    return path.matches("[A-Za-z0-9_./+-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }
}
