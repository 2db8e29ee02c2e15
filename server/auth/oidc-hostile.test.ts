import { createSign, generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Secret } from "@/server/config/secret";
import { beginOidc, finishOidc, type OidcSettings } from "./oidc";

/** A provider whose tokens say whatever a test wants them to say. */
const own = generateKeyPairSync("rsa", { modulusLength: 2048 });
const foreign = generateKeyPairSync("rsa", { modulusLength: 2048 });
const CALLBACK = "https://console.example/sign-in/provider/callback";
let server: Server;
let issuer = "";
let idToken = "";

beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = (body: object) => response.setHeader("content-type", "application/json").end(JSON.stringify(body));
    if (request.url?.endsWith("/openid-configuration"))
      return answer({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256"],
      });
    if (request.url === "/keys")
      return answer({ keys: [{ ...own.publicKey.export({ format: "jwk" }), kid: "own", alg: "RS256", use: "sig" }] });
    return answer({ access_token: "access", token_type: "Bearer", id_token: idToken });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const settings = (): OidcSettings => ({
  name: "A provider",
  issuer,
  clientId: "shardboard",
  clientSecret: new Secret("secret"),
  scopes: [],
  rolesClaim: "groups",
  roles: { otherwise: null, rules: [{ value: "dba", role: "admin", clusters: ["*"] }] },
});

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
function signed(claims: object, header: object = { alg: "RS256", kid: "own" }, key = own.privateKey): string {
  const text = `${base64(header)}.${base64(claims)}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(key).toString("base64url")}`;
}

let begun: Awaited<ReturnType<typeof beginOidc>>;
beforeEach(async () => {
  begun = await beginOidc(settings(), CALLBACK, { next: "/", isProof: false });
});

function claims(over: object = {}) {
  const now = Math.floor(Date.now() / 1000);
  const { nonce } = begun.transaction;
  return {
    iss: issuer,
    aud: "shardboard",
    sub: "ada",
    iat: now,
    exp: now + 60,
    auth_time: now,
    nonce,
    groups: ["dba"],
    ...over,
  };
}

function finish(token: string, query: Record<string, string> = {}) {
  idToken = token;
  const back = new URL(CALLBACK);
  back.search = new URLSearchParams({ code: "code", state: begun.transaction.state, ...query }).toString();
  return finishOidc(settings(), back, begun.transaction);
}

test("the same token with nothing wrong is taken, so that each refusal below has its one reason", async () => {
  await expect(finish(signed(claims()))).resolves.toMatchObject({ subject: "ada" });
});

const past = () => Math.floor(Date.now() / 1000) - 24 * 3600;
const hostile: [string, () => Promise<unknown>][] = [
  ["another issuer", () => finish(signed(claims({ iss: "https://evil.example" })))],
  ["another audience", () => finish(signed(claims({ aud: "another-client" })))],
  [
    "several audiences without us as the authorised one",
    () => finish(signed(claims({ aud: ["shardboard", "x"], azp: "x" }))),
  ],
  ["another nonce", () => finish(signed(claims({ nonce: "another" })))],
  ["no nonce", () => finish(signed(claims({ nonce: undefined })))],
  ["an expired token", () => finish(signed(claims({ exp: past(), iat: past() - 60 })))],
  ["a proof that is a day old", () => finish(signed(claims({ auth_time: past() })))],
  ["no time of the proof", () => finish(signed(claims({ auth_time: undefined })))],
  ["no subject", () => finish(signed(claims({ sub: undefined })))],
  ["no signature", () => finish(`${base64({ alg: "none" })}.${base64(claims())}.`)],
  ["a signature of somebody else's key", () => finish(signed(claims(), undefined, foreign.privateKey))],
  [
    "a key of the token's own",
    () =>
      finish(signed(claims(), { alg: "RS256", jwk: foreign.publicKey.export({ format: "jwk" }) }, foreign.privateKey)),
  ],
  ["another state", () => finish(signed(claims()), { state: "another" })],
  ["an answer of another issuer", () => finish(signed(claims()), { iss: "https://evil.example" })],
  ["an error instead of a code", () => finish(signed(claims()), { error: "access_denied" })],
];

test.each(hostile)("T13: %s signs nobody in", async (_what, attempt) => {
  await expect(attempt()).rejects.toMatchObject({ code: "sign_in_refused" });
});
