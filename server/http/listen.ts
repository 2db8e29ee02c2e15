import "server-only";
import { isLoopback } from "@/server/config/address";
import type { Env } from "@/server/env";

/**
 * Why the console must not listen as it is configured; null: it may. Passwords and sessions never cross a network in clear text,
 * unless that is said in so many words.
 */
export function listenRefusal({
  HOST,
  PUBLIC_ORIGIN,
  ALLOW_PLAIN_HTTP,
}: Pick<Env, "HOST" | "PUBLIC_ORIGIN" | "ALLOW_PLAIN_HTTP">): string | null {
  if (PUBLIC_ORIGIN === undefined)
    return isLoopback(HOST)
      ? null
      : `HOST is ${HOST}, which other machines reach, and PUBLIC_ORIGIN is not set. Set it to the address that people open, for example https://console.example.com.`;
  const { protocol, hostname } = new URL(PUBLIC_ORIGIN);
  const isPlain = protocol === "http:" && !isLoopback(hostname.replace(/^\[|\]$/g, ""));
  if (!isPlain || ALLOW_PLAIN_HTTP) return null;
  return `PUBLIC_ORIGIN is ${PUBLIC_ORIGIN}: passwords and sessions would cross the network in clear text. Put a proxy with a certificate in front and name its https address, or set ALLOW_PLAIN_HTTP=true on a network on which nobody else listens.`;
}
