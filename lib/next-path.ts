import { routes } from "./routes";

/** Addresses of the console that one may be sent back to after signing in. */
const KNOWN = [
  new RegExp(`^(${[routes.home(), routes.account(), routes.people()].join("|")})$`),
  /^\/clusters\/[a-z0-9][a-z0-9-]{0,62}(\/[A-Za-z0-9-]+){0,3}$/,
];
/** Only its use is to tell whether an address leaves the console. */
const HERE = "http://console.invalid";
const LONGEST = 2_000;

/** Where to go after signing in: the wanted address where it is one of ours, else the start page. What it returns always stays on this origin. */
export function nextPath(wanted: unknown): string {
  if (typeof wanted !== "string" || wanted.length > LONGEST || !wanted.startsWith("/")) return routes.home();
  const url = URL.parse(wanted, HERE);
  if (!url || url.origin !== HERE || !KNOWN.some((known) => known.test(url.pathname))) return routes.home();
  return url.pathname + url.search;
}
