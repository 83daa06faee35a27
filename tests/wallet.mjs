// A wallet as others build one, for the tests: takes a permit by an offer, checks it, shows part;
// or checks one that was taken before. node wallet.mjs OFFER-LINK|CREDENTIAL SITE; stdout is one
// line of JSON. SITE serves the lists whose addresses begin with the issuer's name.
import { createHash, webcrypto } from "node:crypto";
import { Openid4vciClient, setGlobalConfig } from "@openid4vc/openid4vci";
import { SDJwtVcInstance } from "@sd-jwt/sd-jwt-vc";

const [given, site] = process.argv.slice(2);
setGlobalConfig({ allowInsecureUrls: true }); // the tests' site has no certificate
const ES256 = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const bytes = (text) => new TextEncoder().encode(text);
const base64url = (data) => Buffer.from(data).toString("base64url");
const own = await webcrypto.subtle.generateKey(ES256, true, ["sign", "verify"]);
const { kty, crv, x, y } = await webcrypto.subtle.exportKey("jwk", own.publicKey);
const publicJwk = { kty, crv, x, y };

const sign = async (text) => base64url(await webcrypto.subtle.sign(ES256, own.privateKey, bytes(text)));
const hash = (data, algorithm) => createHash(algorithm.replace("-", "")).update(data).digest();

async function verifierOf(keys) {
  return async (text, signature) => {
    for (const key of keys) {
      const known = await webcrypto.subtle.importKey("jwk", key, ES256, false, ["verify"]);
      const told = Buffer.from(signature, "base64url");
      if (await webcrypto.subtle.verify(ES256, known, told, bytes(text))) return true;
    }
    return false;
  };
}

const client = new Openid4vciClient({
  callbacks: {
    hash,
    generateRandom: (length) => webcrypto.getRandomValues(new Uint8Array(length)),
    clientAuthentication: () => {}, // anonymous: the code alone says whose permit it is
    signJwt: async (signer, { header, payload }) => {
      const text = [header, payload].map((part) => base64url(JSON.stringify(part))).join(".");
      return { jwt: `${text}.${await sign(text)}`, signerJwk: publicJwk };
    },
  },
});

async function take(offer) {
  const credentialOffer = await client.resolveCredentialOffer(offer);
  const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
  const [credentialConfigurationId] = credentialOffer.credential_configuration_ids;
  const { accessTokenResponse } = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({
    credentialOffer,
    issuerMetadata,
  });
  const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata });
  const { jwt } = await client.createCredentialRequestJwtProof({
    issuerMetadata,
    credentialConfigurationId,
    nonce,
    signer: { method: "jwk", alg: "ES256", publicJwk },
  });
  const { credentialResponse } = await client.retrieveCredentials({
    issuerMetadata,
    credentialConfigurationId,
    accessToken: accessTokenResponse.access_token,
    proofs: { jwt: [jwt] },
  });
  const { credential } = credentialResponse.credentials[0];
  return { credential, metadata: issuerMetadata.credentialIssuer };
}

const taken = given.startsWith("openid-credential-offer:") ? await take(given) : { credential: given };
const { credential } = taken;
const where = `${site}/.well-known/jwt-vc-issuer`;
const { issuer, jwks } = await (await fetch(where)).json();
const lists = await (await fetch(`${site}/.well-known/jwks.json`)).json();
const vc = new SDJwtVcInstance({
  hasher: hash,
  hashAlg: "sha-256",
  saltGenerator: () => base64url(webcrypto.getRandomValues(new Uint8Array(16))),
  verifier: await verifierOf(jwks.keys),
  statusVerifier: await verifierOf(lists.keys),
  signer: sign,
  signAlg: "ES256",
  kbSigner: sign,
  kbSignAlg: "ES256",
  kbVerifier: await verifierOf([publicJwk]),
  statusListFetcher: async (uri) => {
    const headers = { Accept: "application/statuslist+jwt" };
    return (await fetch(uri.replace(issuer, site), { headers })).text();
  },
});
const whole = await vc.getClaims(credential);
if (whole.iss !== issuer) throw new Error(`${whole.iss} is not ${issuer}`);
const told = { ...taken, whole, publicJwk, refused: "" };
const kb = { payload: { iat: Math.floor(Date.now() / 1000), aud: "a bank", nonce: "n" } };
try {
  const shown = taken.metadata ? await vc.present(credential, { full_name: true }, { kb }) : credential;
  const { payload } = await vc.verify(shown, taken.metadata && { keyBindingNonce: "n" });
  told.shown = payload;
} catch (error) {
  told.refused = error.message;
}
process.stdout.write(`${JSON.stringify(told)}\n`);
