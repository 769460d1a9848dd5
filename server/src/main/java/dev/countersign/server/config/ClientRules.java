package dev.countersign.server.config;

import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.requirement.Enforces;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the rest of the configuration demands of clients.
 *
 * @param scopes the scopes that exist
 * @param resources the resources that exist
 * @param detailTypes what was read of the types of authorization details
 * @param subjects the subjects of people, which are never clients' ids
 * @param others the ids of parties that are no clients
 * @param signing the algorithms that there are, or will be, signing keys for
 * @param certificates whether clients can show certificates
 */
record ClientRules(
    List<ScopeConfig> scopes,
    List<ResourceConfig> resources,
    ReadTypes detailTypes,
    Set<Subject> subjects,
    Set<ClientId> others,
    Set<SignatureAlgorithm> signing,
    ClientCertificateConfig certificates) {

  ClientRules {
    scopes = List.copyOf(scopes);
    resources = List.copyOf(resources);
    subjects = Set.copyOf(subjects);
    others = Set.copyOf(others);
    signing = Set.copyOf(signing);
  }

  /** Those at a start, when keys are made for what clients want; the users are yet to be read. */
  static ClientRules atStart(
      List<ScopeConfig> scopes,
      List<ResourceConfig> resources,
      ReadTypes detailTypes,
      ClientCertificateConfig certificates) {
    Set<SignatureAlgorithm> all = EnumSet.allOf(SignatureAlgorithm.class);
    return new ClientRules(scopes, resources, detailTypes, Set.of(), Set.of(), all, certificates);
  }

  ClientRules withSubjects(Collection<Subject> people) {
    return new ClientRules(
        scopes, resources, detailTypes, Set.copyOf(people), others, signing, certificates);
  }

  /** Those of a server that runs, which has its keys and its resource servers. */
  ClientRules whileRunning(Set<SignatureAlgorithm> algorithms, Set<ClientId> resourceServers) {
    return new ClientRules(
        scopes, resources, detailTypes, subjects, resourceServers, algorithms, certificates);
  }

  /** A {@code sub} names a person, never what is also a client. */
  @Enforces({"SP-6.7", "AT-6"})
  boolean isPerson(ClientId id) {
    return subjects.stream().anyMatch(subject -> subject.value().equals(id.value()));
  }
}
