import "server-only";
import { randomUUID } from "node:crypto";
import { AppError, isAppError } from "@/lib/errors";
import { nextPath } from "@/lib/next-path";
import { routes } from "@/lib/routes";
import { appendAudit } from "@/server/audit/append";
import { guessed } from "@/server/auth/guard-guesses";
import {
  beginOidc,
  finishOidc,
  type OidcSettings,
  type ProvenPerson,
  type Transaction,
  transactionSchema,
} from "@/server/auth/oidc";
import { oidcSettings } from "@/server/auth/provider-settings";
import { openSessionInside } from "@/server/auth/sessions";
import { admitVouched } from "@/server/auth/vouched";
import { addressOfRequest } from "@/server/http/address";
import { toProblem } from "@/server/problem";
import { state } from "@/server/store/state";
import { refuseCrossSite, requireOwnHost } from "./guard";
import { isHttps, publicOrigin } from "./origin";

/** The cookie that waits for the way back. Lax, because the way back comes from the provider's site. */
const TRANSACTION = "shardboard-provider";
const TRANSACTION_SECONDS = 600;

const callbackUri = () => `${publicOrigin()}${routes.providerCallback()}`;

/** Sends the browser to the provider. `?proof=1`: to be asked again who they are, whatever session the provider has. */
export function providerBegin() {
  return answered(async (request) => {
    refuseCrossSite(request.headers);
    const asked = new URL(request.url).searchParams;
    const wish = { next: nextPath(asked.get("next")), isProof: asked.get("proof") === "1" };
    const { location, transaction } = await beginOidc(configured(), callbackUri(), wish);
    const value = Buffer.from(JSON.stringify(transaction)).toString("base64url");
    return new Response(null, {
      status: 303,
      headers: { location, "set-cookie": transactionCookie(value, TRANSACTION_SECONDS), "cache-control": "no-store" },
    });
  });
}

/** Where the provider sends the browser back to: who they are, then the session. */
export function providerCallback() {
  return answered(async (request) => {
    requireOwnHost(request.headers);
    const settings = configured();
    // The address that the provider knows, not the one this request happens to name.
    const back = new URL(callbackUri());
    back.search = new URL(request.url).search;
    const transaction = transactionIn(request.headers, back);
    const cookie = await onRecord(request.headers, async () => {
      const vouched = await confirmed(settings, back, transaction, request.headers);
      const { provenAt } = vouched;
      return admitVouched(await state(), vouched, (inside, personId) =>
        openSessionInside(inside, { personId, signedInBy: "oidc", headers: request.headers, provenAt }),
      );
    });
    const secure = cookie.secure ? "; Secure" : "";
    return bounce(transaction.next, [
      `${cookie.name}=${cookie.value}; Path=/; HttpOnly; SameSite=Strict${secure}`,
      transactionCookie("", 0),
    ]);
  });
}

/** Whom the provider confirms. Its answer is a secret that somebody brings, and is counted like any other: each is a request to the provider. */
async function confirmed(
  settings: OidcSettings,
  back: URL,
  transaction: Transaction,
  headers: Headers,
): Promise<ProvenPerson> {
  const from = addressOfRequest(headers);
  const vouched = await guessed({ account: null, from }, () =>
    finishOidc(settings, back, transaction).catch((cause: unknown) => {
      if (isAppError(cause) && cause.code === "sign_in_refused") return null;
      throw cause;
    }),
  );
  if (vouched) return vouched;
  throw new AppError("sign_in_refused", `${settings.name} did not confirm who you are.`);
}

/** @throws AppError `not_found` where no provider is configured */
function configured(): OidcSettings {
  const settings = oidcSettings();
  if (!settings) throw new AppError("not_found", "No OpenID provider is configured.");
  return settings;
}

function transactionCookie(value: string, seconds: number): string {
  const secure = isHttps() ? "; Secure" : "";
  return `${TRANSACTION}=${value}; Path=${routes.providerCallback()}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

/**
 * What was begun in this browser, and is what comes back. Anything else proves nothing to anybody: it is neither counted, or another
 * site's pictures could shut people out, nor put on record, or they could fill it.
 *
 * @throws AppError `sign_in_refused`
 */
function transactionIn(headers: Headers, back: URL): Transaction {
  const [, value] = new RegExp(`(?:^|;\\s*)${TRANSACTION}=([\\w-]+)`).exec(headers.get("cookie") ?? "") ?? [];
  const transaction = transactionSchema.safeParse(jsonIn(value ?? "")).data;
  if (transaction && transaction.state === back.searchParams.get("state")) return transaction;
  throw new AppError("sign_in_refused", "This sign-in was not begun in this browser, or more than ten minutes ago.");
}

function jsonIn(base64: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64, "base64url").toString("utf8"));
  } catch {
    return null; // what is no JSON is no transaction either
  }
}

/**
 * A page of our own that goes on by itself. A redirect would still count as the provider's, and the browser would not
 * send the session cookie (SameSite=Strict) with it.
 */
function bounce(next: string, cookies: readonly string[]): Response {
  const headers = new Headers({ "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  const address = nextPath(next).replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  const page = `<!doctype html><html lang="en"><title>Signed in</title><meta http-equiv="refresh" content="0;url=${address}"><p>You are signed in. <a href="${address}">Go on</a></p></html>`;
  return new Response(page, { headers });
}

/** What goes wrong is said on the sign-in page. */
function answered(work: (request: Request) => Promise<Response>) {
  return async (request: Request): Promise<Response> => {
    try {
      return await work(request);
    } catch (cause) {
      const { code } = toProblem(cause, randomUUID());
      if (code === "wrong_host")
        return new Response("The console does not answer under this address.\n", { status: 421 });
      const headers = { location: routes.signInRefused(code), "set-cookie": transactionCookie("", 0) };
      return new Response(null, { status: 303, headers });
    }
  };
}

/** That somebody came back from the provider and was not let in is on record. */
async function onRecord<T>(headers: Headers, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (isAppError(cause) && cause.code === "sign_in_refused") {
      const details = { by: "oidc", from: addressOfRequest(headers), because: cause.message };
      await appendAudit({ kind: "sign-in-refused", details });
    }
    throw cause;
  }
}
