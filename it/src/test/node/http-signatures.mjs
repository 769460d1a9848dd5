// Verifies and makes HTTP message signatures by http-message-signatures, which nobody here wrote.
// The first argument is a file with two arrays. "verify": messages, each with the time of the
// verifier, the sender's keys and the tag that is wanted. "sign": messages, each with a key, the
// components and the parameters. Prints two arrays: whether each message was verified, and the two
// fields that each signature is made of.
import { httpbis } from 'http-message-signatures';
import { constants, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';

// Neither the library nor RFC 9421 has a name for PS256: the application brings the algorithm.
const algorithms = {
  EdDSA: [null, {}, ['ed25519']],
  ES256: ['sha256', { dsaEncoding: 'ieee-p1363' }, ['ecdsa-p256-sha256']],
  PS256: ['sha256', { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }, []],
};

function signer(jwk) {
  const [hash, options] = algorithms[jwk.alg];
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  return { id: jwk.kid, sign: async (data) => sign(hash, data, { key, ...options }) };
}

function verifier(jwk) {
  const [hash, options, algs] = algorithms[jwk.alg];
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  return {
    id: jwk.kid,
    algs,
    verify: async (data, signature) => verify(hash, data, { key, ...options }, signature),
  };
}

function fields(lines) {
  const headers = {};
  for (const { name, value } of lines) {
    (headers[name.toLowerCase()] ??= []).push(value);
  }
  return headers;
}

const asRequest = ({ method, target_uri: url, headers }) => ({ method, url, headers: fields(headers) });
const asResponse = ({ status, headers }) => ({ status, headers: fields(headers) });

async function verified({ now, keys, tag, required, request, response }) {
  const config = {
    keyLookup: async (parameters) => {
      const jwk = keys.find(({ kid }) => kid === parameters.keyid);
      return jwk && parameters.tag === tag ? verifier(jwk) : null;
    },
    requiredParams: ['created', 'tag'],
    requiredFields: required,
    notAfter: now + 10,
    maxAge: 60,
    all: false,
  };
  const real = Date.now;
  Date.now = () => now * 1000;
  try {
    const result = response
      ? httpbis.verifyMessage(config, asResponse(response), asRequest(request))
      : httpbis.verifyMessage(config, asRequest(request));
    return (await result) === true;
  } catch {
    return false;
  } finally {
    Date.now = real;
  }
}

async function signed({ key, components, created, tag, request, response }) {
  const config = {
    key: signer(key),
    name: 'theirs',
    fields: components,
    params: ['tag', 'created', 'keyid'],
    paramValues: { created: new Date(created * 1000), tag },
  };
  const { headers } = response
    ? await httpbis.signMessage(config, asResponse(response), asRequest(request))
    : await httpbis.signMessage(config, asRequest(request));
  return { signature_input: headers['Signature-Input'], signature: headers.Signature };
}

const asked = JSON.parse(await readFile(process.argv[2], 'utf8'));
const answer = { verified: [], signed: [] };
for (const message of asked.verify) {
  answer.verified.push(await verified(message));
}
for (const message of asked.sign) {
  answer.signed.push(await signed(message));
}
console.log(JSON.stringify(answer));
