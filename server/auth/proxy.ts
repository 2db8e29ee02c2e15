import "server-only";
import { timingSafeEqual } from "node:crypto";
import type { BlockList } from "node:net";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Role } from "@/lib/domain/permission";
import type { Secret } from "@/server/config/secret";
import { isListed } from "@/server/http/address-list";
import { PEER_HEADER } from "@/server/http/peer";
import { type ClaimRules, rolesByClaim } from "./claim-roles";

/** A proxy that signs people in before they reach the console, and says who they are in a header. Off unless configured. */
export type ProxySettings = {
  /** Lower case, for example "x-remote-user". */
  header: string;
  /** Groups, comma separated; null: the proxy does not say. */
  groupsHeader: string | null;
  secretHeader: string;
  secret: Secret;
  /** The only addresses whose headers count. */
  peers: BlockList;
  roles: ClaimRules;
  /** Its word counts as a fresh proof of identity. */
  countsAsProof: boolean;
};

/** Whom a proven proxy names. */
export type ProxiedPerson = { subject: string; roles: ReadonlyMap<ClusterId | "*", Role> };

/** One name: letters, digits and what accounts are written with. A comma would be two headers in one. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._@+\\-]{0,99}$/u;

/**
 * Whom the headers name, where they come from the proxy itself: its address and its secret both have to be right. null: the headers
 * count for nothing, whatever they say.
 */
export function proxiedPerson(settings: ProxySettings, headers: Headers): ProxiedPerson | null {
  const isFromProxy = isListed(settings.peers, headers.get(PEER_HEADER) ?? "");
  const isProven = isEqual(headers.get(settings.secretHeader) ?? "", settings.secret.reveal());
  const subject = headers.get(settings.header) ?? "";
  if (!isFromProxy || !isProven || !NAME.test(subject)) return null;
  const groups = settings.groupsHeader === null ? "" : (headers.get(settings.groupsHeader) ?? "");
  return {
    subject,
    roles: rolesByClaim(
      settings.roles,
      groups.split(",").map((group) => group.trim()),
    ),
  };
}

/** In a time that says nothing about how much was right. */
function isEqual(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return wanted !== "" && a.length === b.length && timingSafeEqual(a, b);
}
