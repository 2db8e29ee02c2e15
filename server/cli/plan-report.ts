import "server-only";
import type { ClusterSnapshot } from "@/lib/domain/cluster-snapshot";
import type { SnapshotAnswer, SnapshotWish } from "@/lib/domain/snapshot-plan";
import { formatBytes } from "@/lib/format/bytes";
import { countOf, formatCount } from "@/lib/format/count";

/** A plan for people: what it comes to, each move, and what each node holds before and after. */
export function planReport(snapshot: ClusterSnapshot, { strategy }: SnapshotWish, answer: SnapshotAnswer): string {
  const nameOf = new Map(snapshot.nodes.map(({ id, host, port }) => [id, `${host}:${port} (${id})`]));
  const name = (id: number) => nameOf.get(id) ?? String(id);
  const bytes = answer.moves.reduce((sum, move) => sum + move.bytes, 0);
  const moves = answer.moves.map((move, index) => [
    `${index + 1}.`,
    `shard ${move.shardId}`,
    name(move.from),
    "→",
    name(move.to),
    formatBytes(move.bytes),
  ]);
  const nodes = answer.before.map((before, index) => {
    const after = answer.after[index] ?? before;
    return [
      name(before.nodeId),
      formatCount(before.shardGroups),
      formatCount(after.shardGroups),
      formatBytes(before.bytes),
      formatBytes(after.bytes),
      ...[before, after].map(({ utilization }) => (utilization === null ? "—" : String(Math.fround(utilization)))),
    ];
  });
  const head = ["node", "groups", "after", "bytes", "after", "utilization", "after"];
  const total = moves.length === 0 ? "Nothing to move" : `${countOf(moves.length, "move")}, ${formatBytes(bytes)}`;
  const parts = [[`${total}, by ${strategy}.`], table(moves), table([head, ...nodes])];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

/** Columns as wide as their widest cell. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, at) => Math.max(all[at] ?? 0, cell.length)), []);
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
