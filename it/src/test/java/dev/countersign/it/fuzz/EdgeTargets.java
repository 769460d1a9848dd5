package dev.countersign.it.fuzz;

import dev.countersign.edge.FuzzedFields;
import dev.countersign.edge.FuzzedFields.Judged;
import dev.countersign.edge.TrustedProxies.ClientAddressField;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The fields of proxies: each line of an input is one. */
final class EdgeTargets {
  private static final Set<String> NAMES =
      Set.of("client-cert", "client-cert-chain", "forwarded", "x-forwarded-for");

  static final List<Target<?>> ALL =
      List.of(
          Target.ofText(
              "client-cert",
              Set.of(IllegalArgumentException.class),
              input -> FuzzedFields.judge(ClientAddressField.NONE, fields(input)),
              EdgeTargets::isInTheFields),
          Target.ofText(
              "forwarded",
              Set.of(IllegalArgumentException.class),
              input -> FuzzedFields.judge(ClientAddressField.FORWARDED, fields(input)),
              (judged, input) -> isInTheirList(judged, input, ClientAddressField.FORWARDED)),
          Target.ofText(
              "x-forwarded-for",
              Set.of(IllegalArgumentException.class),
              input -> FuzzedFields.judge(ClientAddressField.X_FORWARDED_FOR, fields(input)),
              (judged, input) -> isInTheirList(judged, input, ClientAddressField.X_FORWARDED_FOR)));

  private EdgeTargets() {}

  /** Other lines are passed over, and so is what no server lets by. */
  private static List<Map.Entry<String, String>> fields(String input) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    for (String line : input.replace('\r', ' ').replace('\0', ' ').split("\n", -1)) {
      int colon = Math.max(line.indexOf(':'), 0);
      String name = line.substring(0, colon);
      if (NAMES.contains(name.toLowerCase(Locale.ROOT))) {
        fields.add(Map.entry(name, line.substring(colon + 1).strip()));
      }
    }
    return fields;
  }

  private static void isInTheFields(Judged judged, String input) throws Exception {
    Holds.equal(judged.address(), "10.0.0.1", "no other address is believed");
    Holds.that(judged.certificates().size() <= 6, "not too many certificates");
    for (X509Certificate certificate : judged.certificates()) {
      byte[] der = certificate.getEncoded();
      Holds.that(
          Arrays.stream(input.split(":", -1)).anyMatch(part -> Arrays.equals(bytes(part), der)),
          "every certificate stands in a field, byte by byte");
    }
  }

  /** Those of Base64, whose last bits may be any that say nothing (RFC 8941 section 4.2.7). */
  private static byte[] bytes(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException other) {
      return new byte[0];
    }
  }

  /** Whoever connected to the proxy is the last of its list, whatever stands before. */
  private static void isInTheirList(Judged judged, String input, ClientAddressField field) {
    InetAddress address = InetAddress.ofLiteral(judged.address());
    Holds.that(!address.isLoopbackAddress() || input.contains("1"), "an address of the list");
    List<Map.Entry<String, String>> more = new ArrayList<>(fields(input));
    more.add(
        field == ClientAddressField.FORWARDED
            ? Map.entry("Forwarded", "for=203.0.113.7")
            : Map.entry("X-Forwarded-For", "203.0.113.7"));
    Holds.equal(
        FuzzedFields.judge(field, more).address(),
        "203.0.113.7",
        "the last one, whom the proxy itself saw");
  }
}
