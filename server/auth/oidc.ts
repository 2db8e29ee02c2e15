import "server-only";
import * as client from "openid-client";
import { z } from "zod";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Role } from "@/lib/domain/permission";
import { AppError } from "@/lib/errors";
import type { Secret } from "@/server/config/secret";
import { type ClaimRules, rolesByClaim } from "./claim-roles";

/** An OpenID provider as the configuration names it. */
export type OidcSettings = {
  /** What the button says: "Sign in with <name>". */
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: Secret;
  /** Providers differ in which scope brings the groups. */
  scopes: readonly string[];
  /** The claim whose values give roles, for example "groups". */
  rolesClaim: string;
  roles: ClaimRules;
};

/** What has to come back unchanged with the browser. It waits in a cookie of its own, on the callback's path, for ten minutes. */
export const transactionSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Where the person wanted to go. */
  next: z.string(),
  /** The provider was told to ask for the proof again, whatever session it has. */
  isProof: z.boolean(),
});
export type Transaction = z.infer<typeof transactionSchema>;

/** Somebody whom the provider vouches for. Who they are is issuer and subject; a name or an address of e-mail never is. */
export type ProvenPerson = {
  issuer: string;
  subject: string;
  name: string;
  roles: ReadonlyMap<ClusterId | "*", Role>;
  /** When the provider last asked for the proof, epoch milliseconds. */
  provenAt: number;
};

/** A provider's own session may be as old as ours may become; older, and it asks the person again. Seconds. */
const SESSION_AGE = 12 * 3600;
/** Between the proof and our look at it: a slow network and two clocks. Seconds. */
const PROOF_AGE = 60;
const PATIENCE_SECONDS = 10;

/** Where to send the browser, and what to remember until it is back. `redirectUri` is the callback under our public origin. */
export async function beginOidc(
  settings: OidcSettings,
  redirectUri: string,
  { next, isProof }: Pick<Transaction, "next" | "isProof">,
): Promise<{ location: string; transaction: Transaction }> {
  const config = await discovered(settings);
  const verifier = client.randomPKCECodeVerifier();
  const transaction = { state: client.randomState(), nonce: client.randomNonce(), verifier, next, isProof };
  const location = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: [...new Set(["openid", ...settings.scopes])].join(" "),
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state: transaction.state,
    nonce: transaction.nonce,
    // With an age the provider has to say when it asked (auth_time), which is what re-authentication rests on.
    max_age: String(isProof ? 0 : SESSION_AGE),
    ...(isProof && { prompt: "login" }),
  });
  return { location: location.href, transaction };
}

/**
 * Who came back. State, nonce, PKCE, issuer, audience, signature and age are checked by openid-client.
 *
 * @throws AppError `sign_in_refused` in any doubt
 */
export async function finishOidc(
  settings: OidcSettings,
  callbackUrl: URL,
  transaction: Transaction,
): Promise<ProvenPerson> {
  const config = await discovered(settings);
  try {
    const tokens = await client.authorizationCodeGrant(config, callbackUrl, {
      pkceCodeVerifier: transaction.verifier,
      expectedState: transaction.state,
      expectedNonce: transaction.nonce,
      idTokenExpected: true,
      maxAge: transaction.isProof ? PROOF_AGE : SESSION_AGE,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error("the provider sent no ID token");
    const { sub, iss, auth_time: askedAt } = claims;
    const hasRoles = settings.rolesClaim in claims;
    const more =
      hasRoles || !config.serverMetadata().userinfo_endpoint
        ? {}
        : await client.fetchUserInfo(config, tokens.access_token, sub);
    const known: Record<string, unknown> = { ...more, ...claims };
    return {
      issuer: iss,
      subject: sub,
      name: nameIn(known) ?? sub,
      roles: rolesByClaim(settings.roles, known[settings.rolesClaim]),
      provenAt: (askedAt ?? 0) * 1000,
    };
  } catch (cause) {
    throw new AppError("sign_in_refused", `${settings.name} did not confirm who you are.`, { cause });
  }
}

/** What to call somebody; for display only. */
function nameIn(claims: Record<string, unknown>): string | undefined {
  const texts = [claims.preferred_username, claims.name, claims.email].filter((one) => typeof one === "string");
  return texts.map((text) => text.trim().slice(0, 100)).find((text) => text !== "");
}

const holder = globalThis as typeof globalThis & { __shardboardOidc?: Map<string, Promise<client.Configuration>> };

/** The provider's own description, asked once. @throws AppError `provider_unreachable`, and then it is asked anew next time */
async function discovered(settings: OidcSettings): Promise<client.Configuration> {
  holder.__shardboardOidc ??= new Map();
  const known = holder.__shardboardOidc;
  const key = `${settings.issuer} ${settings.clientId}`;
  const found =
    known.get(key) ??
    discover(settings).catch((cause: unknown) => {
      known.delete(key);
      throw new AppError("provider_unreachable", `${settings.name} does not answer as an OpenID provider.`, { cause });
    });
  known.set(key, found);
  return found;
}

async function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<client.Configuration> {
  const url = new URL(issuer);
  const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  return client.discovery(url, clientId, undefined, client.ClientSecretBasic(clientSecret.reveal()), {
    timeout: PATIENCE_SECONDS,
    execute: [
      // Signatures are looked at too: by itself the library rests on TLS alone where a token comes straight from the provider.
      client.enableNonRepudiationChecks,
      // Plain http to this machine only; anywhere else the provider must show a certificate.
      ...(isLoopback && url.protocol === "http:" ? [client.allowInsecureRequests] : []),
    ],
  });
}
