/** A node as a task's command names it: by id, or before Citus 11.2 by address. */
export type CommandNode = { nodeId: number } | { host: string; port: number };

export type MoveCommand = { shardId: number; source: CommandNode; target: CommandNode; mode: string };

const STRING = "'((?:[^']|'')*)'";
const NODE = String.raw`(?:(\d+)|${STRING}\s*,\s*(\d+))`;
const MOVE = new RegExp(
  String.raw`citus_move_shard_placement\(\s*(\d+)\s*,\s*${NODE}\s*,\s*${NODE}\s*,\s*${STRING}\s*\)`,
);

/**
 * Which shard goes where, read from the command of a background task:
 * citus_move_shard_placement(102029,2,7,'auto'), before 11.2 (102029,'host',5432,'host',5433,'auto').
 * null: the task is something else, for example the copy of the reference tables.
 */
export function parseMoveCommand(command: string): MoveCommand | null {
  const match = MOVE.exec(command);
  if (!match) return null;
  const [, shardId, sourceId, sourceHost, sourcePort, targetId, targetHost, targetPort, mode] = match;
  const source = nodeOf(sourceId, sourceHost, sourcePort);
  const target = nodeOf(targetId, targetHost, targetPort);
  if (!source || !target) return null;
  return { shardId: Number(shardId), source, target, mode: unquoted(mode) };
}

function nodeOf(id: string | undefined, host: string | undefined, port: string | undefined): CommandNode | null {
  if (id !== undefined) return { nodeId: Number(id) };
  return host === undefined || port === undefined ? null : { host: unquoted(host), port: Number(port) };
}

function unquoted(text: string | undefined): string {
  return (text ?? "").replaceAll("''", "'");
}

/** Whether the task copies reference tables to nodes that lack them: the step before the first move to a new node. */
export function isReferenceCopy(command: string): boolean {
  return /replicate_reference_tables\(|citus_internal_copy_single_shard_placement\(/.test(command);
}
