import type { ClusterId } from "@/lib/domain/cluster";
import type { PersonEntry } from "@/lib/domain/person";

export type KnownCluster = { id: ClusterId; name: string };

/** A link that was just made, for somebody. */
export type MadeLink = { name: string; address: string; expiresAt: number };

export type Overlay = { kind: "invite" } | { kind: "roles"; person: PersonEntry } | ({ kind: "link" } & MadeLink);
