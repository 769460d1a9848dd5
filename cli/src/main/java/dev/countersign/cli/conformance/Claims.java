package dev.countersign.cli.conformance;

import dev.countersign.protocol.json.JsonObject;
import java.util.List;

/** The standard claims of OpenID Connect Core section 5.1, with made-up values of their types. */
final class Claims {
  /** Those of the scope {@code profile} (section 5.4). */
  static final List<String> PROFILE =
      List.of(
          "name",
          "family_name",
          "given_name",
          "middle_name",
          "nickname",
          "preferred_username",
          "profile",
          "picture",
          "website",
          "gender",
          "birthdate",
          "zoneinfo",
          "locale",
          "updated_at");

  private static final long UPDATED_AT = 1_750_000_000L;

  private Claims() {}

  /** All that is known of a person; each claim that any scope of the configuration opens. */
  static JsonObject of(String username) {
    return JsonObject.builder()
        .put("name", "Sam Lee Tester")
        .put("family_name", "Tester")
        .put("given_name", "Sam")
        .put("middle_name", "Lee")
        .put("nickname", "Sam")
        .put("preferred_username", username)
        .put("profile", "https://people.example.com/sam")
        .put("picture", "https://people.example.com/sam.png")
        .put("website", "https://sam.example.com")
        .put("gender", "unknown")
        .put("birthdate", "1990-04-01")
        .put("zoneinfo", "Europe/Berlin")
        .put("locale", "en-GB")
        .put("updated_at", UPDATED_AT)
        .put("email", "sam@example.com")
        .put("email_verified", true)
        .put("phone_number", "+49 30 1234567")
        .put("phone_number_verified", true)
        .put(
            "address",
            JsonObject.builder()
                .put("formatted", "Hill Street 4, 10115 Berlin, Germany")
                .put("street_address", "Hill Street 4")
                .put("postal_code", "10115")
                .put("locality", "Berlin")
                .put("country", "Germany")
                .build())
        .build();
  }
}
