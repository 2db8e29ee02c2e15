import "server-only";
import { env } from "@/server/env";

const LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"];

/**
 * The addresses under which the console answers, as origins. One where PUBLIC_ORIGIN is set; else the names of this machine
 * with the console's own port. Never taken from a request: whoever sends it could choose where links and cookies go.
 */
export function ownOrigins(): readonly string[] {
  const { PUBLIC_ORIGIN, PORT } = env();
  return PUBLIC_ORIGIN ? [PUBLIC_ORIGIN] : LOOPBACK_NAMES.map((name) => new URL(`http://${name}:${PORT}`).origin);
}

/** The one for links that leave the console: what sign-in prints, where a provider sends people back to. */
export function publicOrigin(): string {
  return ownOrigins()[0] ?? "";
}

/** Whether browsers reach the console by https; cookies are `Secure` and named `__Host-…` then. */
export function isHttps(): boolean {
  return publicOrigin().startsWith("https:");
}

/** What Host and X-Forwarded-Host may say. */
export function ownHosts(): readonly string[] {
  return ownOrigins().map((origin) => new URL(origin).host);
}
