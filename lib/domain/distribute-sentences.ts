import { formatBytes } from "../format/bytes";
import { countOf, formatCount } from "../format/count";
import type { Note } from "./change";
import type { Landing } from "./distribute-colocation";
import { info, ok } from "./distribute-note";
import { type Surroundings, tablesOfGroup } from "./distribute-surroundings";
import { fullName, type TableFacts } from "./table-facts";

/** How long a run waits for a lock before it gives up without having changed anything (server/pg/pools sets it). */
const LOCK_WAIT = "5 s";

/** "about 20 000 rows, 1.7 MB": what is known of the amount, never more. */
function amountOf({ rowEstimate, bytes }: Pick<TableFacts, "rowEstimate" | "bytes">): string {
  const rows = rowEstimate === null ? "all rows" : `about ${countOf(rowEstimate, "row")}`;
  return bytes === null ? rows : `${rows}, ${formatBytes(bytes)}`;
}

/** What distributing does, in one line. */
export function distributeStep(table: TableFacts, landing: Landing | null, around: Surroundings): string {
  if (!landing) return "Create the shards and copy the rows";
  const shards = countOf(landing.shardCount, "shard");
  const homes = around.nodes.filter((node) => node.mayHoldShards).length;
  const place =
    landing.groupId === null
      ? `on ${countOf(homes, "node")}`
      : `beside those of ${tablesOfGroup(around, landing.groupId)}`;
  return `Create ${shards} ${place} and copy ${amountOf(table)}`;
}

export function referenceStep(table: TableFacts, around: Surroundings): string {
  return `Create a copy on each of ${countOf(around.nodes.length, "node")} and fill it with ${amountOf(table)}`;
}

/** While rows are copied, whichever way: measured as ExclusiveLock until the end, AccessExclusiveLock in the last moment. */
export function lockNote(table: TableFacts): Note {
  return info(
    `Writes to ${fullName(table)} wait until the copy is done; reads go on, apart from the last moment.`,
    `It waits at most ${LOCK_WAIT} for its locks; if somebody holds them longer, nothing is changed.`,
  );
}

/** Distributing copies; the originals stay where they are. */
export function leftoverNote(table: TableFacts): Note[] {
  if (table.bytes === 0 || table.citusKind === "local") return [];
  const size = table.bytes === null ? "" : `, ${formatBytes(table.bytes)} with indexes`;
  return [
    info(
      `The rows that were copied stay on the coordinator's disk${size}, seen by no query.`,
      "The table's panel offers to remove them afterwards.",
    ),
  ];
}

/** What was looked at and is in order. */
export function inOrder(table: TableFacts, around: Surroundings): Note[] {
  const notes = [];
  if (around.nodes.every((node) => !node.silent))
    notes.push(ok(`All ${formatCount(around.nodes.length)} nodes answer.`));
  if (table.isOwned) notes.push(ok(`${around.login} has the rights of the owner, ${table.owner}.`));
  return notes;
}

/** What undistributing does, in one line. `bytes` null: not every node told the size of its shards. */
export function undistributeStep(count: number, bytes: number | null): string {
  const size = bytes === null ? "" : `, ${formatBytes(bytes)},`;
  return count === 1
    ? `Copy all rows${size} from the shards into a new table on the coordinator, then drop the shards`
    : `Copy the rows of ${formatCount(count)} tables${size} from their shards into new tables on the coordinator, then drop the shards`;
}

/** All of it must fit on one machine again. */
export function roomNote(bytes: number | null, freeBytes: number | null): Note {
  const free =
    freeBytes === null ? "How much is free there is not known." : `${formatBytes(freeBytes)} are free there.`;
  if (bytes === null) {
    return {
      tone: "warn",
      text: `How much comes back to the coordinator is not known: a node did not tell its sizes. ${free}`,
    };
  }
  const tight = freeBytes !== null && bytes > freeBytes;
  return {
    tone: tight ? "warn" : "info",
    text: `About ${formatBytes(bytes)} come back to the coordinator. ${free}`,
    ...(tight && { detail: "If the disk fills up, the copy fails and PostgreSQL on the coordinator may stop." }),
  };
}

export function truncateStep(table: TableFacts, leftoverBytes: number | null): string {
  const size = leftoverBytes === null ? "" : `, ${formatBytes(leftoverBytes)},`;
  return `Truncate the coordinator's own copy of ${fullName(table)}${size} and leave its shards alone`;
}
