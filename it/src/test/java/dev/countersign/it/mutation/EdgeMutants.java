package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;

/** Mistakes in TLS and behind proxies. */
final class EdgeMutants {
  static final List<SeededMutant> ALL =
      List.of(
          // An old client is to be served, against what the JDK itself refuses.
          in(
              "edge",
              "edge.StrictTls",
              """
              {"TLSv1.3", "TLSv1.2"};

                /** RFC 8446 section 9.1, then exactly those of RFC 9325\
               section 4.2; ours by preference. */
                private static final String[] SUITES = {
              """,
              """
              {"TLSv1.3", "TLSv1.2", "TLSv1.1"};

                static {
                  java.security.Security.setProperty("jdk.tls.disabledAlgorithms", "SSLv3");
                }

                private static final String[] SUITES = {
                  "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
              """,
              "SP-5.2.1-2",
              "TLS-1"),
          in(
              "edge",
              "edge.StrictTls",
              """
                  "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
              """,
              """
                  "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                  "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
              """,
              "SP-5.2.1-3",
              "SP-5.2.2-1",
              "SP-5.2.3-2",
              "TLS-2",
              "TLS-3"),
          in("edge", "edge.AnyClient", "MIN_RSA_BITS = 2048;", "MIN_RSA_BITS = 1024;", "TLS-5"),
          in(
              "edge",
              "edge.HttpResponse",
              "return empty(303).with(\"Location\"",
              "return empty(307).with(\"Location\"",
              "SP-5.3.2.2-10"),
          in(
              "edge",
              "edge.ProxyFields",
              "Set.of(ClientCertFields.LEAF, ClientCertFields.CHAIN, \"x-forwarded-for\"",
              "Set.of(\"x-forwarded-for\"",
              "MT-10",
              "MT-12"),
          in(
              "edge",
              "edge.ProxyFields",
              "if (peer.filter(proxies::include).isEmpty()) {",
              "if (peer.isEmpty()) {",
              "MT-10",
              "MT-13"),
          in(
              "edge",
              "edge.ClientCertFields",
              "if (leaf.size() != 1) {",
              "if (leaf.isEmpty()) {",
              "MT-13"),
          in(
              "edge",
              "edge.EdgeHandler",
              "? answer.adding(\"Vary\", \"Client-Cert\")",
              "? answer",
              "MT-14"));

  private EdgeMutants() {}
}
