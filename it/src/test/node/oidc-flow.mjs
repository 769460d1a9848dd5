// One journey by oauth4webapi, a client library that nobody here wrote. The first argument is a
// file with the settings. The script prints the authorization URL on a line, reads a line with the
// URL that the person came back to, and prints what it saw as JSON.
import * as oauth from 'oauth4webapi';
import { Agent, fetch } from 'undici';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

const settings = JSON.parse(await readFile(process.argv[2], 'utf8'));
const seen = { nonceErrors: 0 };

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const connect = { ca: settings.ca };
const plain = new Agent({ connect });
const certified = settings.certificate
  ? new Agent({ connect: { ...connect, cert: settings.certificate, key: settings.certificateKey } })
  : plain;

const through = (dispatcher) => ({
  [oauth.customFetch]: (url, init) => fetch(url, { ...init, dispatcher }),
});

const issuer = new URL(settings.issuer);
const as = await oauth.processDiscoveryResponse(
  issuer,
  await oauth.discoveryRequest(issuer, { ...through(plain), algorithm: 'oidc' }),
);

async function registered({ token, metadata }) {
  return oauth.processDynamicClientRegistrationResponse(
    await oauth.dynamicClientRegistrationRequest(
      as, metadata, { ...through(plain), initialAccessToken: token },
    ),
  );
}

const client = settings.registration
  ? await registered(settings.registration)
  : {
      client_id: settings.clientId,
      use_mtls_endpoint_aliases: settings.certificate !== undefined,
    };
seen.clientId = client.client_id;
const DPoP = settings.certificateBinds
  ? undefined
  : oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
const options = { ...through(certified), DPoP };
const authentication = settings.signingKey
  ? oauth.PrivateKeyJwt({
      kid: settings.signingKid,
      key: await crypto.subtle.importKey(
        'pkcs8',
        Buffer.from(settings.signingKey, 'base64'),
        { name: 'ECDSA', namedCurve: 'P-256' },
        false,
        ['sign'],
      ),
    })
  : oauth.TlsClientAuth();

// A nonce that is wanted is in the handle when the request is made again.
async function withNonce(request) {
  try {
    return await request();
  } catch (error) {
    if (DPoP === undefined || !oauth.isDPoPNonceError(error)) {
      throw error;
    }
    seen.nonceErrors++;
    return request();
  }
}

async function callApi(token, with_ = options) {
  try {
    const response = await withNonce(() =>
      oauth.protectedResourceRequest(
        token.access_token, 'GET', new URL(settings.api), undefined, undefined, with_,
      ),
    );
    return { status: response.status, body: await response.json() };
  } catch (error) {
    if (!(error instanceof oauth.WWWAuthenticateChallengeError)) {
      throw error;
    }
    return { status: error.status, error: error.cause[0].parameters.error };
  }
}

async function clientCredentials() {
  return withNonce(async () =>
    oauth.processClientCredentialsResponse(
      as, client,
      await oauth.clientCredentialsGrantRequest(
        as, client, authentication, { scope: 'accounts' }, options,
      ),
    ),
  );
}

const verifier = oauth.generateRandomCodeVerifier();
const state = oauth.generateRandomState();
const nonce = oauth.generateRandomNonce();
const parameters = {
  response_type: 'code',
  redirect_uri: settings.redirectUri,
  scope: settings.scope,
  state,
  nonce,
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
};
const pushed = await withNonce(async () =>
  oauth.processPushedAuthorizationResponse(
    as, client,
    await oauth.pushedAuthorizationRequest(as, client, authentication, parameters, options),
  ),
);
const authorize = new URL(as.authorization_endpoint);
authorize.searchParams.set('client_id', client.client_id);
authorize.searchParams.set('request_uri', pushed.request_uri);
console.log(authorize.href);

const answer = oauth.validateAuthResponse(
  as, client, new URL((await lines.next()).value), state,
);

const tokens = await withNonce(async () => {
  const response = await oauth.authorizationCodeGrantRequest(
    as, client, authentication, answer, settings.redirectUri, verifier, options,
  );
  const result = await oauth.processAuthorizationCodeResponse(as, client, response, {
    expectedNonce: nonce,
    requireIdToken: true,
  });
  await oauth.validateApplicationLevelSignature(as, response, through(plain));
  return result;
});
seen.tokenType = tokens.token_type;
seen.idToken = oauth.getValidatedIdTokenClaims(tokens);

seen.userinfo = await withNonce(async () =>
  oauth.processUserInfoResponse(
    as, client, seen.idToken.sub,
    await oauth.userInfoRequest(as, client, tokens.access_token, options),
  ),
);
seen.api = await callApi(tokens);
seen.apiWithoutProofAndCertificate = await callApi(tokens, through(plain));

const fresh = await withNonce(async () =>
  oauth.processRefreshTokenResponse(
    as, client,
    await oauth.refreshTokenGrantRequest(
      as, client, authentication, tokens.refresh_token, options,
    ),
  ),
);
seen.isAnotherToken = fresh.access_token !== tokens.access_token;
seen.apiAfterRefresh = await callApi(fresh);

const own = await clientCredentials();
seen.ownHasRefreshToken = own.refresh_token !== undefined;
seen.apiOfTheClient = await callApi(own);

await oauth.processRevocationResponse(
  await oauth.revocationRequest(
    as, client, authentication, tokens.refresh_token, through(certified),
  ),
);
seen.apiAfterRevocation = await callApi(fresh);

console.log(JSON.stringify(seen));
await Promise.all([plain.close(), certified === plain ? undefined : certified.close()]);
process.exit(0);
