package dev.countersign.server.config;

/** Configurations that are right. */
final class ConfigSamples {
  static final String KEY =
      "{kty: OKP, crv: Ed25519, kid: k1, x: 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo}";
  static final String KEYS =
      """
      {"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k1",
        "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}
      """;
  static final String HASH =
      "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA";

  /** No key could be left out. */
  static final String LEAST =
      """
      issuer: https://auth.example.com
      tls:
        certificate: server.pem
        key: server-key.pem
      resources:
        - indicator: https://api.example.com
      """;

  /** No key is left out. */
  static final String ALL =
      """
      issuer: https://auth.example.com/bank
      listen:
        host: 0.0.0.0
        port: 9443
      tls:
        certificate: server.pem
        key: server-key.pem
      mtls:
        url: https://mtls.auth.example.com:9444
        host: 0.0.0.0
        port: 9444
        certificate: server.pem
        key: server-key.pem
      trusted_proxies:
        addresses: [10.0.0.0/8, '::1']
        client_address: Forwarded
        client_certificate: true
      store:
        path: data/state.db
      grant_management:
        enabled: true
        action_required: true
      scopes:
        - name: accounts
          description: See your accounts
        - name: profile
          description: Know your name
          claims: [name]
      resources:
        - indicator: https://api.example.com
          scopes: accounts
        - indicator: https://other.example.com
      authorization_details_types: [payment_initiation, account_information]
      lifetimes:
        access_token: 10m
        authorization_code: 30s
        request_uri: 5m
        interaction: 20m
        session: 1d
        consent: 30d
        refresh_token: 90d
        dpop_nonce: 1m
        rotate_refresh_tokens_before: 2026-11-25T12:00:00Z
      login:
        acr: urn:example:password
      dpop:
        nonces: false
        userinfo_nonces: true
      revocation_feed:
        enabled: false
        lifetime: 2m
      signing_alg: PS256
      clients:
        - client_id: app
          name: The App
          jwks: {keys: [%s]}
          redirect_uris: [https://app.example.com/cb, 'http://127.0.0.1/cb']
          grant_types: [authorization_code, refresh_token]
          scope: openid profile accounts
          resources: [https://other.example.com, https://api.example.com]
          default_resource: https://api.example.com
          authorization_details_types: [payment_initiation]
          token_endpoint_auth_signing_alg: EdDSA
          id_token_signed_response_alg: Ed25519
          profile: fapi2-message-signing
          message_signing: [responses]
          request_object_signing_alg: EdDSA
          authorization_signed_response_alg: PS256
          response_modes: [jwt, form_post.jwt]
          dpop_bound_access_tokens: true
        - client_id: machine
          name: The Machine
          jwks_file: machine.json
          grant_types: [client_credentials]
          scope: accounts
      dynamic_registration:
        enabled: true
        initial_access_tokens: [9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08]
        software_statements:
          required: true
          issuers:
            - issuer: The Directory
              jwks_uri: https://directory.example.org/jwks
              max_age: 1h
            - issuer: https://register.example.org
              jwks: {keys: [ %s ]}
        max_clients: 20
        unused_for: 7d
        scope: openid accounts
        resources: [https://api.example.com]
        authorization_details_types: [account_information]
        grant_types: [authorization_code, client_credentials]
        token_endpoint_auth_methods: [private_key_jwt]
        profile: fapi2-message-signing
        message_signing: [requests]
      resource_servers:
        - client_id: api
          resources: [https://api.example.com]
          jwks_uri: https://api.example.com/jwks.json
          token_endpoint_auth_signing_alg: PS256
          profile: fapi2-message-signing
          introspection_signed_response_alg: ES256
      users:
        - username: anna
          sub: u-1
          password: %s
          claims: {name: Anna, address: {country: CH}, age: 30, member: true, tags: [a, b]}
          choices:
            accounts:
              - {label: {en: Savings, de: Sparkonto}, value: {iban: DE02120300000000202051}}
              - {label: Household, value: {iban: DE02500105170137075030}}
      """
          .formatted(KEY, KEY, HASH);

  private ConfigSamples() {}
}
