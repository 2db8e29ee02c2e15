import "server-only";
import { isIP } from "node:net";
import { env } from "@/server/env";
import { isListed, parseAddressList } from "./address-list";
import { PEER_HEADER, plain } from "./peer";

/** What stands in records where no address is known. */
const UNKNOWN = "unknown";

/**
 * The address a request came from, for records and for counting guesses: the connection's other end; behind a proxy that the
 * configuration names (TRUSTED_PROXIES) the last address in X-Forwarded-For that is not such a proxy itself. What a client
 * wrote there stands further left and is never reached.
 */
export function addressOfRequest(headers: Headers): string {
  const peer = headers.get(PEER_HEADER);
  if (peer === null || isIP(peer) === 0) return UNKNOWN;
  const proxies = parseAddressList(env().TRUSTED_PROXIES);
  if (proxies === null) return peer;
  let from = peer;
  for (const hop of hopsOf(headers).reverse()) {
    if (!isListed(proxies, from) || isIP(hop) === 0) break;
    from = hop;
  }
  return from;
}

function hopsOf(headers: Headers): string[] {
  const chain = headers.get("x-forwarded-for");
  return chain === null ? [] : chain.split(",").map((hop) => plain(hop.trim()));
}
