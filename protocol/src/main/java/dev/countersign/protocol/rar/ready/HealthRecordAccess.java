package dev.countersign.protocol.rar.ready;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What may be done with a health record, the ready type {@code health_record_access}. It is
 * sensitive: tokens for it are opaque.
 *
 * <pre>{@code
 * HealthRecordAccess.of(
 *         List.of(Action.READ), List.of(Datatype.MEDICATIONS), Purpose.TREATMENT)
 *     .withPeriod(Period.since(LocalDate.of(2026, 1, 1)))
 *     .toDetail()
 * }</pre>
 *
 * @param actions what may be done, at least one
 * @param datatypes with which entries, at least one kind
 * @param purpose what for
 * @param identifier of whose record, where it is not that of the person who allows it; 1 to 128
 *     characters
 * @param period with the entries of which days; absent: of all
 * @param validUntil the last day on which it may be done; absent: as long as the grant stands
 * @param locations the APIs that it is for; empty: any
 */
public record HealthRecordAccess(
    List<Action> actions,
    List<Datatype> datatypes,
    Purpose purpose,
    Optional<String> identifier,
    Optional<Period> period,
    Optional<LocalDate> validUntil,
    List<ResourceIndicator> locations) {

  /** The value of {@code type}. */
  public static final String TYPE = "health_record_access";

  /** What may be done. */
  public enum Action implements Word {
    /** Read entries. */
    READ("read"),
    /** Add and change entries, and read them. */
    WRITE("write");

    private final String value;

    Action(String value) {
      this.value = value;
    }

    @Override
    public String value() {
      return value;
    }
  }

  /** A kind of entries. */
  public enum Datatype implements Word {
    /** Allergies. */
    ALLERGIES("allergies"),
    /** Illnesses and diagnoses. */
    CONDITIONS("conditions"),
    /** Vaccinations. */
    IMMUNIZATIONS("immunizations"),
    /** Results of a laboratory. */
    LABORATORY_RESULTS("laboratory_results"),
    /** Medicines. */
    MEDICATIONS("medications"),
    /** Measurements. */
    OBSERVATIONS("observations"),
    /** Operations and other treatment. */
    PROCEDURES("procedures");

    private final String value;

    Datatype(String value) {
      this.value = value;
    }

    @Override
    public String value() {
      return value;
    }
  }

  /** What the record is used for. */
  public enum Purpose implements Word {
    /** To treat the person. */
    TREATMENT("treatment"),
    /** To help at once. */
    EMERGENCY("emergency"),
    /** Bills and insurance. */
    PAYMENT("payment"),
    /** Research. */
    RESEARCH("research"),
    /** The person's own use. */
    PERSONAL("personal");

    private final String value;

    Purpose(String value) {
      this.value = value;
    }

    @Override
    public String value() {
      return value;
    }
  }

  /** Copies the lists. Refuses what the type has no place for with IllegalArgumentException. */
  public HealthRecordAccess {
    actions = Bounds.some("HealthRecordAccess.actions", actions, Action.values().length);
    datatypes = Bounds.some("HealthRecordAccess.datatypes", datatypes, Datatype.values().length);
    identifier.ifPresent(text -> Bounds.requireText("HealthRecordAccess.identifier", text, 128));
    validUntil.ifPresent(date -> Bounds.requireYear("HealthRecordAccess.validUntil", date));
    locations = Bounds.locations("HealthRecordAccess.locations", locations);
  }

  /** Access without a bound yet. */
  public static HealthRecordAccess of(
      List<Action> actions, List<Datatype> datatypes, Purpose purpose) {
    return new HealthRecordAccess(
        actions,
        datatypes,
        purpose,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /**
   * Reads an object of the type.
   *
   * @throws MalformedJsonException if it is of another type, a member is missing, wrong or unknown
   */
  public static HealthRecordAccess from(AuthorizationDetail detail) throws MalformedJsonException {
    return Members.read(TYPE, detail, HealthRecordAccess::read);
  }

  /**
   * Reads all objects of the type, in their order; those of other types are left alone.
   *
   * @throws MalformedJsonException as {@link #from}
   */
  public static List<HealthRecordAccess> in(AuthorizationDetails details)
      throws MalformedJsonException {
    return Members.readAll(TYPE, details, HealthRecordAccess::read);
  }

  private static HealthRecordAccess read(Members members) throws MalformedJsonException {
    return new HealthRecordAccess(
        members.words("actions", Action.values()),
        members.words("datatypes", Datatype.values()),
        Members.required("purpose", members.word("purpose", Purpose.values())),
        members.string("identifier"),
        members.object("period", Period::read),
        members.date("validUntil"),
        members.locations());
  }

  /** The object, as it is asked for and compared. */
  public AuthorizationDetail toDetail() {
    return AuthorizationDetail.of(
        TYPE,
        JsonObject.builder()
            .put("locations", Members.places(locations))
            .put("actions", Members.texts(actions))
            .put("datatypes", Members.texts(datatypes))
            .put("identifier", identifier)
            .put("purpose", purpose.value())
            .put("period", period.map(Period::toJson))
            .put("validUntil", validUntil.map(LocalDate::toString))
            .build());
  }

  /** The same for the record of this name. */
  public HealthRecordAccess withIdentifier(String record) {
    return new HealthRecordAccess(
        actions, datatypes, purpose, Optional.of(record), period, validUntil, locations);
  }

  /** The same for entries of these days alone. */
  public HealthRecordAccess withPeriod(Period days) {
    return new HealthRecordAccess(
        actions, datatypes, purpose, identifier, Optional.of(days), validUntil, locations);
  }

  /** The same until the end of this day. */
  public HealthRecordAccess withValidUntil(LocalDate last) {
    return new HealthRecordAccess(
        actions, datatypes, purpose, identifier, period, Optional.of(last), locations);
  }

  /** The same for these APIs alone. */
  public HealthRecordAccess withLocations(List<ResourceIndicator> wanted) {
    return new HealthRecordAccess(
        actions, datatypes, purpose, identifier, period, validUntil, wanted);
  }

  /** The name: all else is for nobody's log. */
  @Override
  public String toString() {
    return "HealthRecordAccess";
  }
}
