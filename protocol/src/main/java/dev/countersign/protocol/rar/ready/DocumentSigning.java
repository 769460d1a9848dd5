package dev.countersign.protocol.rar.ready;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.util.List;
import java.util.Optional;

/**
 * Documents that are signed in a person's name, the ready type {@code document_signing}. It can be
 * used once.
 *
 * <pre>{@code
 * DocumentSigning.of(
 *         HashAlgorithm.SHA_256, List.of(DocumentDigest.of(sha256, "Contract of sale")))
 *     .withSignatureQualifier(SignatureQualifier.EU_EIDAS_QES)
 *     .toDetail()
 * }</pre>
 *
 * @param hashAlgorithm by which the digests were made
 * @param documentDigests which documents, 1 to 16, none twice; all by that algorithm
 * @param signatureQualifier what the signatures are worth; absent: whatever the API makes
 * @param credentialId by which key of the person, 1 to 128 characters
 * @param locations the APIs that it is for; empty: any
 */
public record DocumentSigning(
    HashAlgorithm hashAlgorithm,
    List<DocumentDigest> documentDigests,
    Optional<SignatureQualifier> signatureQualifier,
    Optional<String> credentialId,
    List<ResourceIndicator> locations) {

  /** The value of {@code type}. */
  public static final String TYPE = "document_signing";

  private static final int MOST_DOCUMENTS = 16;

  /** How digests are made, as object identifiers in JSON. */
  public enum HashAlgorithm implements Word {
    /** SHA-256. */
    SHA_256("2.16.840.1.101.3.4.2.1", 32),
    /** SHA-384. */
    SHA_384("2.16.840.1.101.3.4.2.2", 48),
    /** SHA-512. */
    SHA_512("2.16.840.1.101.3.4.2.3", 64);

    private final String value;
    private final int length;

    HashAlgorithm(String value, int length) {
      this.value = value;
      this.length = length;
    }

    @Override
    public String value() {
      return value;
    }
  }

  /** What a signature is worth (Regulation (EU) No 910/2014). */
  public enum SignatureQualifier implements Word {
    /** A qualified electronic signature. */
    EU_EIDAS_QES("eu_eidas_qes"),
    /** An advanced electronic signature. */
    EU_EIDAS_AES("eu_eidas_aes");

    private final String value;

    SignatureQualifier(String value) {
      this.value = value;
    }

    @Override
    public String value() {
      return value;
    }
  }

  /** Copies the lists. Refuses what the type has no place for with IllegalArgumentException. */
  public DocumentSigning {
    documentDigests =
        Bounds.some("DocumentSigning.documentDigests", documentDigests, MOST_DOCUMENTS);
    if (documentDigests.stream().anyMatch(digest -> digest.length() != hashAlgorithm.length)) {
      throw new IllegalArgumentException(
          "DocumentSigning.documentDigests must be of the hashAlgorithm");
    }
    if (documentDigests.stream().map(DocumentDigest::hash).distinct().count()
        < documentDigests.size()) {
      throw new IllegalArgumentException(
          "DocumentSigning.documentDigests must not have a document twice");
    }
    credentialId.ifPresent(text -> Bounds.requireText("DocumentSigning.credentialId", text, 128));
    locations = Bounds.locations("DocumentSigning.locations", locations);
  }

  /** These documents, of which no more is said. */
  public static DocumentSigning of(
      HashAlgorithm hashAlgorithm, List<DocumentDigest> documentDigests) {
    return new DocumentSigning(
        hashAlgorithm, documentDigests, Optional.empty(), Optional.empty(), List.of());
  }

  /**
   * Reads an object of the type.
   *
   * @throws MalformedJsonException if it is of another type, a member is missing, wrong or unknown
   */
  public static DocumentSigning from(AuthorizationDetail detail) throws MalformedJsonException {
    return Members.read(TYPE, detail, DocumentSigning::read);
  }

  /**
   * Reads all objects of the type, in their order; those of other types are left alone.
   *
   * @throws MalformedJsonException as {@link #from}
   */
  public static List<DocumentSigning> in(AuthorizationDetails details)
      throws MalformedJsonException {
    return Members.readAll(TYPE, details, DocumentSigning::read);
  }

  private static DocumentSigning read(Members members) throws MalformedJsonException {
    return new DocumentSigning(
        Members.required(
            "hashAlgorithmOID", members.word("hashAlgorithmOID", HashAlgorithm.values())),
        Members.required(
            "documentDigests", members.objects("documentDigests", DocumentDigest::read)),
        members.word("signatureQualifier", SignatureQualifier.values()),
        members.string("credentialID"),
        members.locations());
  }

  /** The object, as it is asked for and compared. */
  public AuthorizationDetail toDetail() {
    return AuthorizationDetail.of(
        TYPE,
        JsonObject.builder()
            .put("locations", Members.places(locations))
            .put("credentialID", credentialId)
            .put("documentDigests", documentDigests.stream().map(DocumentDigest::toJson).toList())
            .put("hashAlgorithmOID", hashAlgorithm.value())
            .put("signatureQualifier", signatureQualifier.map(SignatureQualifier::value))
            .build());
  }

  /** The same by signatures of this worth. */
  public DocumentSigning withSignatureQualifier(SignatureQualifier worth) {
    return new DocumentSigning(
        hashAlgorithm, documentDigests, Optional.of(worth), credentialId, locations);
  }

  /** The same by this key. */
  public DocumentSigning withCredentialId(String key) {
    return new DocumentSigning(
        hashAlgorithm, documentDigests, signatureQualifier, Optional.of(key), locations);
  }

  /** The same for these APIs alone. */
  public DocumentSigning withLocations(List<ResourceIndicator> wanted) {
    return new DocumentSigning(
        hashAlgorithm, documentDigests, signatureQualifier, credentialId, wanted);
  }

  /** Without the documents. */
  @Override
  public String toString() {
    return "DocumentSigning[" + documentDigests.size() + " documents]";
  }
}
