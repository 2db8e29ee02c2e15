import "server-only";
import { AppError } from "@/lib/errors";
import { ownHosts, ownOrigins } from "./origin";

/** Whether Host, and X-Forwarded-Host where a proxy sent it, are ours; pages ask this, because they answer with "not found". */
export function isOwnHost(headers: Headers): boolean {
  const host = headers.get("host");
  const forwarded = headers.get("x-forwarded-host");
  return host !== null && ownHosts().includes(host) && (forwarded === null || ownHosts().includes(forwarded));
}

/**
 * A page elsewhere may resolve its own name to this machine; what it is told must not say which name it used.
 *
 * @throws AppError `wrong_host`
 */
export function requireOwnHost(headers: Headers): void {
  if (!isOwnHost(headers)) throw new AppError("wrong_host", "The host name in the request is not the console's own.");
}

/**
 * For requests that may change something. The browser must name our origin, and where it sends Sec-Fetch-Site that must be
 * `same-origin`. An origin of `null` (sandboxed frames, redirects) and none at all are refused.
 *
 * An action that Next hands on to another page of ours comes from this process, and so from this machine's address, whoever sent
 * it: it would be on record as coming from here. It is refused; a page has the actions that it offers.
 *
 * @throws AppError `wrong_host`, `not_found`, `cross_site`
 */
export function requireSameOrigin(headers: Headers): void {
  requireOwnHost(headers);
  if (headers.has("x-action-forwarded"))
    throw new AppError("not_found", "The page that is open does not have this action. Load the page again.");
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  if (site !== null && site !== "same-origin")
    throw new AppError("cross_site", "The browser says that the request does not come from the console's own page.");
  if (origin === null) throw new AppError("cross_site", "The request does not name the origin of its page.");
  if (!ownOrigins().includes(origin) || new URL(origin).host !== headers.get("host"))
    throw new AppError("cross_site", "The request names an origin that is not the console's.");
}

/**
 * For reads: what other sites make a browser fetch is refused; a command line without these headers may read.
 *
 * @throws AppError `wrong_host`, `cross_site`
 */
export function refuseCrossSite(headers: Headers): void {
  requireOwnHost(headers);
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none")
    throw new AppError("cross_site", "The browser says that another site's page makes this request.");
}
