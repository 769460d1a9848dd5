package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigKeysTest {
  private final ConfigKeys keys = ConfigKeys.describe();

  private ConfigKey key(String path) {
    return keys.find(path).orElseThrow();
  }

  @Test
  void theseAreAllKeys() {
    assertThat(String.join("\n", keys.all().stream().map(ConfigKey::path).toList()))
        .isEqualTo(
            """
            issuer
            listen
            listen.host
            listen.port
            tls
            tls.certificate
            tls.key
            mtls
            mtls.url
            mtls.host
            mtls.port
            mtls.certificate
            mtls.key
            trusted_proxies
            trusted_proxies.addresses
            trusted_proxies.client_address
            trusted_proxies.client_certificate
            store
            store.path
            log
            log.format
            log.signed_requests
            management
            management.host
            management.port
            management.drain_delay
            grant_management
            grant_management.enabled
            grant_management.action_required
            scopes
            scopes[].name
            scopes[].description
            scopes[].claims
            resources
            resources[].indicator
            resources[].scopes
            authorization_details_types
            lifetimes
            lifetimes.access_token
            lifetimes.authorization_code
            lifetimes.request_uri
            lifetimes.interaction
            lifetimes.session
            lifetimes.consent
            lifetimes.refresh_token
            lifetimes.dpop_nonce
            lifetimes.rotate_refresh_tokens_before
            login
            login.acr
            login.failures_per_account
            login.failures_per_address
            login.window
            dpop
            dpop.nonces
            dpop.userinfo_nonces
            revocation_feed
            revocation_feed.enabled
            revocation_feed.lifetime
            signing_alg
            client_certificate_authorities
            clients
            clients[].client_id
            clients[].name
            clients[].token_endpoint_auth_method
            clients[].token_endpoint_auth_signing_alg
            clients[].tls_client_auth_subject_dn
            clients[].tls_client_auth_san_dns
            clients[].tls_client_auth_san_uri
            clients[].tls_client_auth_san_ip
            clients[].tls_client_auth_san_email
            clients[].jwks
            clients[].jwks_file
            clients[].jwks_uri
            clients[].grant_types
            clients[].redirect_uris
            clients[].resources
            clients[].default_resource
            clients[].scope
            clients[].authorization_details_types
            clients[].id_token_signed_response_alg
            clients[].profile
            clients[].message_signing
            clients[].request_object_signing_alg
            clients[].authorization_signed_response_alg
            clients[].response_modes
            clients[].tls_client_certificate_bound_access_tokens
            clients[].dpop_bound_access_tokens
            clients[].use_mtls_endpoint_aliases
            clients_dir
            clients_reload
            client_keys
            client_keys.fresh_for
            client_keys.min_refetch
            client_keys.max_stale
            client_keys.timeout
            client_keys.allow_private_addresses
            client_keys.trusted_ca
            dynamic_registration
            dynamic_registration.enabled
            dynamic_registration.open
            dynamic_registration.initial_access_tokens
            dynamic_registration.software_statements
            dynamic_registration.software_statements.required
            dynamic_registration.software_statements.issuers
            dynamic_registration.software_statements.issuers[].issuer
            dynamic_registration.software_statements.issuers[].jwks
            dynamic_registration.software_statements.issuers[].jwks_uri
            dynamic_registration.software_statements.issuers[].max_age
            dynamic_registration.max_clients
            dynamic_registration.unused_for
            dynamic_registration.scope
            dynamic_registration.resources
            dynamic_registration.authorization_details_types
            dynamic_registration.grant_types
            dynamic_registration.token_endpoint_auth_methods
            dynamic_registration.profile
            dynamic_registration.message_signing
            users
            users[].username
            users[].sub
            users[].password
            users[].claims
            users[].choices
            resource_servers
            resource_servers[].client_id
            resource_servers[].resources
            resource_servers[].token_endpoint_auth_method
            resource_servers[].token_endpoint_auth_signing_alg
            resource_servers[].tls_client_auth_subject_dn
            resource_servers[].tls_client_auth_san_dns
            resource_servers[].tls_client_auth_san_uri
            resource_servers[].tls_client_auth_san_ip
            resource_servers[].tls_client_auth_san_email
            resource_servers[].jwks
            resource_servers[].jwks_file
            resource_servers[].jwks_uri
            resource_servers[].profile
            resource_servers[].introspection_signed_response_alg
            pages
            pages.name
            pages.logo
            pages.accent
            pages.accent_dark
            pages.languages
            pages.messages
            pages.time_zone
            pages.my_grants\
            """);
  }

  @Test
  void knowsWhatHoldsWhereAKeyIsLeftOut() {
    assertThat(key("issuer").absence()).isEqualTo(new Absence.Refused());
    assertThat(key("listen.port").absence()).isEqualTo(new Absence.Standard("8443"));
    assertThat(key("clients[].jwks").absence())
        .isEqualTo(
            new Absence.InPlaceOf("jwks_uri", "token_endpoint_auth_method", "tls_client_auth"));
    assertThat(key("scopes[].claims").absence()).isEqualTo(new Absence.Means("none"));
  }

  @Test
  void demandsASectionIfOneOfItsKeysIsDemanded() {
    List<String> demanded =
        keys.in("").stream().filter(keys::isRequired).map(ConfigKey::path).toList();
    assertThat(demanded).containsExactly("issuer", "tls", "resources");
  }

  @Test
  void saysOfAKeyWhatItsKindDemands() {
    assertThat(key("lifetimes.authorization_code").doc())
        .isEqualTo("Authorization codes. At most `60s` (SP-5.3.2.1-11).");
    assertThat(keys.table())
        .contains(
            "| `lifetimes.authorization_code` | `60s` | Authorization codes. At most `60s`"
                + " (SP-5.3.2.1-11). |\n");
  }

  @Test
  void refusesAKeyThatNobodyExplained() {
    Kind<String> kind = Kinds.text("x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfigKey.ofValue("key", kind, new Absence.Refused(), " "))
        .withMessageContaining("key");
  }
}
