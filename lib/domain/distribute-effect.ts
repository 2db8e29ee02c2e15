import { formatBytes } from "../format/bytes";
import { countOf } from "../format/count";
import type { CitusTable, ColocationGroup } from "./topology";

type Effect = { seen: boolean; sentence: string };

/** Whether pg_dist_partition has the table as it was meant to be. */
export function distributedEffect(
  name: string,
  column: string,
  wantedShards: number | null,
  table: CitusTable | undefined,
  group: ColocationGroup | undefined,
): Effect {
  if (!table) return { seen: false, sentence: `${name} is not in Citus' metadata: it is still a plain table.` };
  const shards = group?.shardCount ?? null;
  const seen =
    table.kind === "distributed" &&
    table.distributionColumn === column &&
    (wantedShards === null || shards === wantedShards);
  const counted = shards === null ? "an unknown number of shards" : countOf(shards, "shard");
  const where = `colocation group ${table.colocationId}`;
  return {
    seen,
    sentence: `${name} is a ${table.kind} table${table.distributionColumn === null ? "" : ` by ${table.distributionColumn}`} with ${counted} in ${where}.`,
  };
}

export function referenceEffect(name: string, table: CitusTable | undefined): Effect {
  if (!table) return { seen: false, sentence: `${name} is not in Citus' metadata: it is still a plain table.` };
  return { seen: table.kind === "reference", sentence: `${name} is a ${table.kind} table.` };
}

/** `left`: those of the tables that Citus still has. */
export function undistributedEffect(names: readonly string[], left: readonly string[]): Effect {
  if (left.length > 0) return { seen: false, sentence: `Still in Citus' metadata: ${left.join(", ")}.` };
  const [first] = names;
  return {
    seen: true,
    sentence:
      names.length === 1
        ? `${first} is a plain table of the coordinator.`
        : `${names.join(", ")} are plain tables of the coordinator.`,
  };
}

export function truncatedEffect(name: string, bytes: number | null): Effect {
  if (bytes === null)
    return { seen: false, sentence: `What ${name} has on the coordinator could not be measured: it is locked.` };
  return bytes === 0
    ? { seen: true, sentence: `${name} has no rows left behind on the coordinator.` }
    : { seen: false, sentence: `${name} still has ${formatBytes(bytes)} on the coordinator.` };
}
