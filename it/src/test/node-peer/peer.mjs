// An authorization server of somebody else's, set up for FAPI 2.0 as its documentation says, on
// this machine. Reads its settings from the file that it is given and prints one line when it
// listens; ends when its standard input does.
import { createServer } from 'node:https';
import { readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import Provider from 'oidc-provider';

const settings = JSON.parse(readFileSync(process.argv[2], 'utf8'));

const provider = new Provider(settings.issuer, {
  clients: settings.clients.map((client) => ({
    client_id: client.client_id,
    redirect_uris: [client.redirect_uri],
    jwks: client.jwks,
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    id_token_signed_response_alg: 'ES256',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    dpop_bound_access_tokens: true,
  })),
  jwks: { keys: [settings.key] },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  issueRefreshToken: () => true,
  rotateRefreshToken: false,
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: true },
    dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
    fapi: { enabled: true, profile: '2.0' },
    introspection: { enabled: true },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    revocation: { enabled: true },
  },
});
provider.on('server_error', (_, error) => console.error(error));

createServer({ cert: settings.certificate, key: settings.certificateKey }, provider.callback())
  .listen(settings.port, '127.0.0.1', () => console.log('listening'));
process.stdin.resume().on('end', () => process.exit(0));
