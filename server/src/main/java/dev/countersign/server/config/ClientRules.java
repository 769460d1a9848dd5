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
 * @param subjects the subjects of people, which are never clients' ids
 * @param certificates what is made of client certificates
 * @param signing the algorithms that there are, or will be, signing keys for
 */
record ClientRules(
    List<ScopeConfig> scopes,
    List<ResourceConfig> resources,
    Set<Subject> subjects,
    CertificateUse certificates,
    Set<SignatureAlgorithm> signing) {

  ClientRules {
    scopes = List.copyOf(scopes);
    resources = List.copyOf(resources);
    subjects = Set.copyOf(subjects);
    signing = Set.copyOf(signing);
  }

  /** Those at a start, when keys are made for what clients want; the users are yet to be read. */
  static ClientRules atStart(
      List<ScopeConfig> scopes, List<ResourceConfig> resources, CertificateUse certificates) {
    return new ClientRules(
        scopes, resources, Set.of(), certificates, EnumSet.allOf(SignatureAlgorithm.class));
  }

  ClientRules withSubjects(Collection<Subject> people) {
    return new ClientRules(scopes, resources, Set.copyOf(people), certificates, signing);
  }

  ClientRules withSigning(Set<SignatureAlgorithm> algorithms) {
    return new ClientRules(scopes, resources, subjects, certificates, algorithms);
  }

  /** A {@code sub} names a person, never what is also a client. */
  @Enforces({"SP-6.7", "AT-6"})
  boolean isPerson(ClientId id) {
    return subjects.stream().anyMatch(subject -> subject.value().equals(id.value()));
  }
}
