import type { ClusterPicture } from "./cluster-picture";
import type { Jobs, MoveProgress } from "./job";
import { addressOf } from "./node";
import type { ShardGroup } from "./shard-groups";

/** A shard group on its way: it is leaving one node group and arriving at another. */
export type ShardMove = {
  group: ShardGroup;
  /** Node groups, not shard groups. */
  from: number;
  to: number;
  /** null: it waits for its turn. */
  progress: { phase: string; copiedBytes: number | null; totalBytes: number | null } | null;
};

/**
 * The moves that run, and those the newest job has yet to do. What runs is told by Citus' progress as well as by the job's
 * tasks: a move that somebody started by hand has no job.
 */
export function movesOf(picture: ClusterPicture, jobs: Jobs | null): ShardMove[] {
  if (!jobs) return [];
  const moves = new Map<number, ShardMove>();
  const groupOfNode = new Map(picture.nodes.map((node) => [Number(node.id), node.groupId]));
  for (const { move, status } of jobs.tasks) {
    const isOpen = status === "running" || status === "runnable" || status === "blocked";
    const group = move && isOpen ? picture.groupOfShard.get(move.shardId) : undefined;
    const from = groupOfNode.get(move?.sourceNodeId ?? -1);
    const to = groupOfNode.get(move?.targetNodeId ?? -1);
    if (!group || from === undefined || to === undefined) continue;
    const progress = status === "running" ? { phase: "Not Started Yet", copiedBytes: null, totalBytes: null } : null;
    moves.set(group.id, { group, from, to, progress });
  }
  for (const progress of jobs.progress) addProgress(moves, picture, progress);
  // The catalogs are read apart from the job: a group that has just arrived is no longer on its way.
  return [...moves.values()].filter(
    ({ group, to, from }) => group.groupIds.includes(from) && !group.groupIds.includes(to),
  );
}

function addProgress(moves: Map<number, ShardMove>, picture: ClusterPicture, progress: MoveProgress): void {
  const [shardId] = progress.shardIds;
  const group = shardId === undefined ? undefined : picture.groupOfShard.get(shardId);
  const at = (address: string) => picture.primaries.find((node) => addressOf(node) === address)?.groupId;
  const [from, to] = [at(progress.source), at(progress.target)];
  if (!group || from === undefined || to === undefined) return;
  const { phase, targetBytes: copiedBytes, sourceBytes: totalBytes } = progress;
  moves.set(group.id, { group, from, to, progress: { phase, copiedBytes, totalBytes } });
}

/** The part that is copied, 0 to 1; null: not known. A target may end a little larger than its source. */
export function copiedFraction({ progress }: ShardMove): number | null {
  if (!progress || progress.copiedBytes === null || !progress.totalBytes) return null;
  return Math.min(1, progress.copiedBytes / progress.totalBytes);
}
