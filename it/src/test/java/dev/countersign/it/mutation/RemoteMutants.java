package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;

/** Mistakes in calling others, and in whom to trust. */
final class RemoteMutants {
  static final List<SeededMutant> ALL =
      List.of(
          in(
              "remote",
              "remote.StrictTls",
              "{\"TLSv1.3\", \"TLSv1.2\"}",
              "{\"TLSv1.3\", \"TLSv1.2\", \"TLSv1.1\"}",
              "SP-5.2.1-2",
              "TLS-1"),
          in(
              "remote",
              "remote.StrictTls",
              """
                  "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
              """,
              """
                  "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                  "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
              """,
              "SP-5.2.1-3",
              "TLS-2",
              "TLS-3"),
          in(
              "remote",
              "remote.StrictTls",
              """
                    throw new IllegalStateException(
                        "the system property " + UNCHECKED_HOSTS\
               + " turns the check of host names off");
              """,
              "",
              "SP-5.2.1-5",
              "TLS-7"),
          in(
              "demo",
              "demo.ca.LocalTrust",
              "parameters.addCertPathChecker(new WithinNames(authority));",
              "",
              "SP-5.2.1-5",
              "TLS-7"),
          in(
              "remote",
              "remote.RemoteIssuer",
              "URI place = issuer.openIdConfiguration();",
              "URI place = issuer.oauthMetadata();",
              "SP-5.3.3.1-9"),
          in(
              "remote",
              "remote.AddressRule",
              "return PublicAddresses::contain;",
              "return address -> !address.isLoopbackAddress();",
              "DC-5"));

  private RemoteMutants() {}
}
