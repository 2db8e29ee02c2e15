import "server-only";
import type { z } from "zod";
import type { Topology } from "@/lib/domain/topology";
import { AppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import type { Pass } from "@/server/live/topic";
import { run } from "@/server/pg/run";
import * as statements from "@/server/sql/topology";
import { withPlaced } from "./placed-since";
import { readShards, readTables } from "./reads";

/** Looking at all placements costs about 15 ms per 100,000; at this distance that is less than 0.4 % of the time. */
const SUM_EVERY_MS_PER_SHARD = 0.04;
/** Whatever the looks say, everything is read this often: for changes by hand that no placement and no table shows. */
const WHOLE_EVERY_MS = 10 * 60_000;

export type Look = z.output<(typeof statements.lookAtCatalogs)["row"]>;
export type Known = { topology: Topology; look: Look; sum: number; summedAt: number; readAt: number };

const memory = new WeakMap<Target, Known>();

/**
 * What is where, read again only where it may have changed. Three looks, each dearer than the one before:
 * no transaction has ended since (certain, costs nothing); a new placement (every move, copy, split and new table of Citus makes one, and
 * for a move only the shards that moved are read);
 * the sum of all placements together with the tables as they are. While nothing has changed the very same object comes back.
 *
 * A change shows at the next look, one that only the sum shows 4 s per 100,000 shards later at most. Whoever asks gets it read.
 */
export async function readWatchedTopology(
  target: Target,
  { isAsked, now = performance.now() }: Pick<Pass<Topology>, "isAsked"> & { now?: number },
): Promise<Topology> {
  const [look] = await run(target, statements.lookAtCatalogs, undefined);
  if (!look) throw new AppError("unexpected_row", "topology.lookAtCatalogs: no row.");
  const known = memory.get(target);
  if (!known || isAsked) return readWhole(target, look, now);
  const next = whatToRead(known, look, now);
  if (next === "everything") return readWhole(target, look, now);
  if (next === "new placements") return readPlaced(target, known, look, now);
  return next === "nothing" ? known.topology : readSmall(target, known, look, now);
}

/** What a look at the catalogs calls for, beside what is known. */
export function whatToRead(
  known: Known,
  look: Look,
  now: number,
): "nothing" | "new placements" | "tables and sum" | "everything" {
  if (now - known.readAt > WHOLE_EVERY_MS || known.look.server_start !== look.server_start) return "everything";
  // No transaction has ended between the two looks, so nothing that was committed can differ.
  if (known.look.snapshot === look.snapshot) return "nothing";
  if (known.look.newest_placement !== look.newest_placement) return "new placements";
  const isSumDue = now - known.summedAt >= known.topology.shards.count * SUM_EVERY_MS_PER_SHARD;
  return isSumDue ? "tables and sum" : "nothing";
}

/** The look was taken before: what is committed while reading shows as a difference to the next one. */
async function readWhole(target: Target, look: Look, now: number): Promise<Topology> {
  const [tables, { shards, sum }] = await Promise.all([readTables(target), readShards(target)]);
  const topology = { ...tables, shards };
  memory.set(target, { topology, look, sum, summedAt: now, readAt: now });
  return topology;
}

/** Only what was placed anew; everything where that does not add up to what the catalogs hold. */
async function readPlaced(target: Target, known: Known, look: Look, now: number): Promise<Topology> {
  const [row] = await run(target, statements.readPlacedSince, { newest: known.look.newest_placement ?? "0" });
  const shards = row && withPlaced({ shards: known.topology.shards, sum: known.sum }, row);
  if (!row || !shards) return readWhole(target, look, now);
  const topology = { ...known.topology, shards };
  memory.set(target, { ...known, topology, look, sum: row.sum });
  return topology;
}

async function readSmall(target: Target, known: Known, look: Look, now: number): Promise<Topology> {
  const [tables, summed] = await Promise.all([readTables(target), run(target, statements.sumPlacements, undefined)]);
  if (summed[0]?.sum !== known.sum) return readWhole(target, look, now);
  const isSame = JSON.stringify(tables) === JSON.stringify(smallOf(known.topology));
  const topology = isSame ? known.topology : { ...tables, shards: known.topology.shards };
  memory.set(target, { ...known, topology, look, summedAt: now });
  return topology;
}

const smallOf = ({ tables, colocationGroups }: Topology) => ({ tables, colocationGroups });
