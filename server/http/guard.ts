import "server-only";
import { AppError } from "@/lib/errors";
import { env } from "@/server/env";

/** The only hosts under which the console answers until sign-in exists: a page elsewhere may resolve its own name to loopback. */
function ownHosts(): string[] {
  const { PORT } = env();
  const suffix = PORT === 80 ? "" : `:${PORT}`;
  return ["localhost", "127.0.0.1", "[::1]"].map((name) => `${name}${suffix}`);
}

/** Whether the Host header is one of ours; pages ask this, because they answer with "not found". */
export function isOwnHost(headers: Headers): boolean {
  return ownHosts().includes(headers.get("host") ?? "");
}

/** @throws AppError `cross_site` when the Host header is not one of ours (DNS rebinding) */
export function requireOwnHost(headers: Headers): void {
  const host = headers.get("host") ?? "";
  if (!isOwnHost(headers))
    throw new AppError("cross_site", `The console does not answer under the host "${host.slice(0, 100)}".`);
}

/**
 * For requests that may change something: the browser must say that the page asking is ours.
 * Sec-Fetch-Site where the browser sends it, else Origin; neither, or `null`, is refused.
 *
 * @throws AppError `cross_site`
 */
export function requireSameOrigin(headers: Headers): void {
  requireOwnHost(headers);
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  if (site !== null && site !== "same-origin")
    throw new AppError("cross_site", `The browser says the request is ${site.slice(0, 40)}.`);
  if (origin !== null && !ownHosts().some((host) => origin === `http://${host}` || origin === `https://${host}`)) {
    throw new AppError("cross_site", `The request names the origin "${origin.slice(0, 100)}".`);
  }
  if (site === null && origin === null)
    throw new AppError("cross_site", "The request names neither its site nor its origin.");
}

/** For reads: what other sites make a browser fetch is refused; a command line without these headers may read. */
export function refuseCrossSite(headers: Headers): void {
  requireOwnHost(headers);
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none")
    throw new AppError("cross_site", `The browser says the request is ${site.slice(0, 40)}.`);
}
