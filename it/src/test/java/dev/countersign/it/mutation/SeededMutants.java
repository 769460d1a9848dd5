package dev.countersign.it.mutation;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All seeded mutants. */
final class SeededMutants {
  /** Rules that no mistake in our code alone can break, with the reason. */
  static final Map<String, String> UNBREAKABLE =
      Map.of(
          "TLS-6",
          "The TLS of the JDK has no early data that could be switched on; the tests look at the"
              + " wire.");

  private SeededMutants() {}

  /** Those of all modules. */
  static List<SeededMutant> all() {
    return Stream.of(
            ProtocolMutants.ALL,
            DigestMutants.ALL,
            HttpSignatureMutants.ALL,
            EdgeMutants.ALL,
            RemoteMutants.ALL,
            StoreMutants.ALL,
            ServerMutants.ALL,
            RegistrationMutants.ALL,
            ConsentMutants.ALL,
            OperatorMutants.ALL,
            GrantMutants.ALL,
            HttpSignatureLibraryMutants.ALL,
            ServletSigningMutants.ALL,
            JarmMutants.ALL,
            DetailsMutants.ALL,
            SignedIntrospectionMutants.ALL,
            SigningPartiesMutants.ALL,
            RequestObjectMutants.ALL,
            KeptMessagesMutants.ALL,
            ClientSigningMutants.ALL,
            SignedCallMutants.ALL,
            ClientMutants.ALL)
        .flatMap(List::stream)
        .toList();
  }
}
