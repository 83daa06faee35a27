// An OpenID Connect provider as an agency runs one, for the tests: a real one, without a form.
// Who "types" the password is told beforehand with POST /next; stdout's first line is the port.
import http from "node:http";
import Provider, { errors } from "oidc-provider";

const [clientId, clientSecret, redirectUri] = process.argv.slice(2);
const people = new Map();
let next = { account: "", acr: undefined, amr: undefined, refuse: false };

const server = http.createServer();
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const { port } = server.address();

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
  pkce: { required: () => true },
  claims: { openid: ["sub", "acr", "amr"], email: ["email", "email_verified"] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
  ttl: { Grant: 3600, IdToken: 3600, Interaction: 600, Session: 3600, AccessToken: 600 },
  cookies: { keys: ["only for the tests"] },
  acrValues: ["1", "2"],
});

async function interact(request, response) {
  const details = await provider.interactionDetails(request, response);
  if (next.refuse) throw new errors.AccessDenied("not today");
  const grant = new provider.Grant({ accountId: next.account, clientId: details.params.client_id });
  grant.addOIDCScope("openid email");
  const login = { accountId: next.account, acr: next.acr, amr: next.amr, ts: next.ts };
  const result = { login, consent: { grantId: await grant.save() } };
  await provider.interactionFinished(request, response, result);
}

async function tell(request, response) {
  let body = "";
  for await (const chunk of request) body += chunk;
  const { account, claims, ...rest } = JSON.parse(body);
  people.set(account, claims);
  next = { account, ...rest };
  response.end();
}

const app = provider.callback();
server.on("request", (request, response) => {
  if (request.url === "/next") return tell(request, response);
  if (request.url.startsWith("/interaction/")) {
    return interact(request, response).catch((error) =>
      provider.interactionFinished(request, response, {
        error: error.error ?? "server_error",
        error_description: error.error_description ?? String(error),
      }),
    );
  }
  return app(request, response);
});
process.stdout.write(`${port}\n`);
