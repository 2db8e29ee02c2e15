import "server-only";
import type { ClusterId } from "@/lib/domain/cluster";
import { ROLES, type Role } from "@/lib/domain/permission";

/** "Whoever carries this value in the roles claim has this role on these clusters"; "*": on all of them. */
export type ClaimRole = { value: string; role: Role; clusters: readonly (ClusterId | "*")[] };

/** Which values give which roles, and what everybody has whom no rule names; null: nothing. */
export type ClaimRules = { rules: readonly ClaimRole[]; otherwise: Role | null };

/** The roles that a provider's claim gives, the strongest per cluster. What is not a text or a list of texts names nobody. */
export function rolesByClaim({ rules, otherwise }: ClaimRules, claim: unknown): Map<ClusterId | "*", Role> {
  const values = new Set((Array.isArray(claim) ? claim : [claim]).filter((one) => typeof one === "string"));
  const roles = new Map<ClusterId | "*", Role>();
  for (const { value, role, clusters } of rules) {
    if (!values.has(value)) continue;
    for (const cluster of clusters) roles.set(cluster, stronger(roles.get(cluster), role));
  }
  if (roles.size === 0 && otherwise !== null) roles.set("*", otherwise);
  return roles;
}

function stronger(known: Role | undefined, other: Role): Role {
  return known === undefined || ROLES.indexOf(other) > ROLES.indexOf(known) ? other : known;
}
