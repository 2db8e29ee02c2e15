import "server-only";
import { AppError } from "@/lib/errors";
import type { Address, Target } from "@/server/clusters";
import type { SessionLook } from "@/server/sql/session";

type Known = {
  /** Where the primary was seen last. */
  current: Address;
  systemId: string | null;
  timeline: number;
  /** What an earlier process knew of it. */
  before: { systemId: string; timeline: number } | null;
  /** Primaries at the same time, when there are several. */
  primaries: readonly Address[];
  lookedAt: number;
  looking: Promise<void> | null;
};

/** On globalThis: pages, actions and instrumentation are separate module graphs of one process. */
const holder = globalThis as typeof globalThis & { __shardboardCoordinators?: Map<string, Known> };

function knownOf({ clusterId, coordinators, coordinator }: Target): Known {
  holder.__shardboardCoordinators ??= new Map();
  const key = `${clusterId} ${coordinators.map(nameOf).join(" ")}`;
  const known = holder.__shardboardCoordinators.get(key);
  if (known) return known;
  const fresh: Known = {
    current: coordinator,
    systemId: null,
    timeline: 0,
    before: null,
    primaries: [],
    lookedAt: Number.NEGATIVE_INFINITY,
    looking: null,
  };
  holder.__shardboardCoordinators.set(key, fresh);
  return fresh;
}

const nameOf = ({ host, port }: Address) => `${host}:${port}`;

/** The coordinator to speak to now. */
export function currentCoordinator(target: Target): Address {
  return knownOf(target).current;
}

/** How one of the hosts looks: null: it does not answer. */
export type CoordinatorLook = {
  address: Address;
  look: Pick<SessionLook, "in_recovery" | "system_id" | "timeline"> | null;
};

/** How long a look at all hosts holds for reading. */
const LOOK_HOLDS_MS = 5_000;

/**
 * Looks at every host of the list where there are several, and remembers which one is the primary. Waits for it where nothing is
 * known or `fresh` is asked for; otherwise a look that has grown old is renewed beside the work.
 */
export async function findCoordinator(
  target: Target,
  lookAt: (address: Address) => Promise<CoordinatorLook>,
  { fresh = false } = {},
): Promise<Address> {
  const known = knownOf(target);
  if (target.coordinators.length < 2) return known.current;
  const age = performance.now() - known.lookedAt;
  if (age > LOOK_HOLDS_MS || fresh) {
    known.looking ??= Promise.all(target.coordinators.map(lookAt))
      .then((looks) => remember(known, looks))
      .finally(() => {
        known.looking = null;
      });
    if (fresh || known.lookedAt === Number.NEGATIVE_INFINITY) await known.looking;
    else known.looking.catch(() => {}); // a look never rejects by what a host does; the next one is made in any case
  }
  return known.current;
}

/** The next question looks at every host again before it is asked. */
export function loseCoordinator(target: Target): void {
  if (target.coordinators.length > 1) knownOf(target).lookedAt = Number.NEGATIVE_INFINITY;
}

function remember(known: Known, looks: readonly CoordinatorLook[]): void {
  known.lookedAt = performance.now();
  const primaries = looks.filter(({ look }) => look !== null && !look.in_recovery);
  known.primaries = primaries.map(({ address }) => address);
  const newest = primaries.toSorted((a, b) => (b.look?.timeline ?? 0) - (a.look?.timeline ?? 0))[0];
  const standby = looks.find(({ look }) => look !== null);
  const next = newest ?? standby;
  // Two primaries: reading goes on where it went on before, and nothing is changed.
  if (primaries.length > 1 && primaries.some(({ address }) => nameOf(address) === nameOf(known.current))) return;
  if (!next) return;
  known.current = next.address;
  // A promotion leaves open sessions as they are: no new one has to tell of the next timeline.
  known.timeline = Math.max(known.timeline, next.look?.timeline ?? 0);
}

/** The same database goes on from where it was. Another one is taken as it is: whoever replaced it has started the console again. */
function meet(known: Known, systemId: string): void {
  known.systemId = systemId;
  if (known.before?.systemId === systemId) known.timeline = Math.max(known.timeline, known.before.timeline);
}

/** What an earlier process knew: an old primary that comes back after a failover is then known as one from the first look on. */
export function recallCoordinator(target: Target, before: { systemId: string; timeline: number }): void {
  knownOf(target).before = before;
}

/** Remembers what answered, so that another database under the same address is noticed. @throws AppError `another_system`, `conflict` */
export function noteCoordinator(target: Target, address: Address, look: SessionLook): void {
  const known = knownOf(target);
  if (known.systemId === null) meet(known, look.system_id);
  if (known.systemId !== look.system_id)
    throw new AppError(
      "another_system",
      `${nameOf(address)} holds the database system ${look.system_id}; before it was ${known.systemId}.`,
    );
  if (look.timeline === null) return;
  if (look.timeline < known.timeline)
    throw new AppError(
      "another_system",
      `${nameOf(address)} is on timeline ${look.timeline}; the cluster was already seen on ${known.timeline}, so this is an old primary.`,
    );
  known.timeline = look.timeline;
}

export type CoordinatorIdentity = {
  answering: string;
  systemId: string | null;
  timeline: number | null;
  primaries: string[];
};

/** Who the coordinator is, as far as it was looked at. */
export function identityOf(target: Target): CoordinatorIdentity {
  const { current, systemId, timeline, primaries } = knownOf(target);
  return {
    answering: nameOf(current),
    systemId,
    timeline: timeline === 0 ? null : timeline,
    primaries: primaries.map(nameOf),
  };
}

/** @throws AppError `two_primaries`, naming them */
export function requireOnePrimary(target: Target): void {
  const { primaries } = knownOf(target);
  if (primaries.length > 1)
    throw new AppError("two_primaries", `${primaries.map(nameOf).join(" and ")} both say that they are the primary.`);
}
