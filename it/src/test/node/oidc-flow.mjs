// One journey by oauth4webapi, a client library that nobody here wrote. The first argument is a
// file with the settings. The script prints the authorization URL on a line, reads a line with the
// URL that the person came back to, and prints what it saw as JSON. What came back in the body of a
// form is read as the query of that URL.
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
const signer = {
  kid: settings.signingKid,
  key: await crypto.subtle.importKey(
    'pkcs8',
    Buffer.from(settings.signingKey, 'base64'),
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign'],
  ),
};
const authentication = settings.authenticatesByKey
  ? oauth.PrivateKeyJwt(signer)
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

async function end() {
  console.log(JSON.stringify(seen));
  await Promise.all([plain.close(), certified === plain ? undefined : certified.close()]);
  process.exit(0);
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
if (settings.signedResponseMode) {
  parameters.response_mode = settings.signedResponseMode;
}

// A new object each time: one that was taken is not taken again.
async function push(change) {
  const asked = settings.signedResponseMode
    ? { request: await oauth.issueRequestObject(as, client, parameters, signer, change) }
    : parameters;
  return oauth.processPushedAuthorizationResponse(
    as, client,
    await oauth.pushedAuthorizationRequest(as, client, authentication, asked, options),
  );
}

const pushed = await withNonce(push);
if (settings.signedResponseMode) {
  const toAnother = {
    [oauth.modifyAssertion]: (header, claims) => {
      claims.aud = 'https://as.example.org';
    },
  };
  try {
    await withNonce(() => push(toAnother));
  } catch (error) {
    if (!(error instanceof oauth.ResponseBodyError)) {
      throw error;
    }
    seen.objectForAnother = { status: error.status, error: error.error };
  }
}
const authorize = new URL(as.authorization_endpoint);
authorize.searchParams.set('client_id', client.client_id);
authorize.searchParams.set('request_uri', pushed.request_uri);
console.log(authorize.href);

async function validated(url) {
  if (settings.signedResponseMode) {
    const response = url.hash ? new URLSearchParams(url.hash.slice(1)) : url;
    return oauth.validateJwtAuthResponse(as, client, response, state, through(plain));
  }
  return oauth.validateAuthResponse(as, client, url, state);
}

let answer;
try {
  answer = await validated(new URL((await lines.next()).value));
} catch (error) {
  if (!(error instanceof oauth.AuthorizationResponseError)) {
    throw error;
  }
  seen.refused = error.error;
  await end();
}

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

await end();
