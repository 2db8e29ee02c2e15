import { formatBytes } from "../format/bytes";
import type { Note } from "./change";
import { bad, info, ok, warn } from "./distribute-note";
import type { Standby } from "./replication";

/** What the worker says of who replicates it. Citus takes a clone only while it streams, and not a synchronous one. */
export function cloneStreamNotes(worker: string, receivers: readonly Standby[] | null): Note[] {
  if (receivers === null) return [warn(`${worker} did not say who replicates it.`)];
  const standbys = receivers.filter((receiver) => receiver.kind === "standby");
  if (standbys.length === 0)
    return [
      bad(
        `No standby streams from ${worker} now.`,
        "Citus wants the clone to be connected. Start its replication first.",
      ),
    ];
  const isSync = ({ syncState }: Standby) => syncState === "sync" || syncState === "quorum";
  if (standbys.every(isSync))
    return [
      bad(
        `The standby of ${worker} is synchronous, and Citus takes no synchronous clone.`,
        "Take it out of synchronous_standby_names there first: after the promotion every commit would wait for it.",
      ),
    ];
  const some = standbys.filter(isSync).map((standby) => standby.name);
  return [
    ...(some.length > 0 ? [warn(`${some.join(", ")} is synchronous: Citus refuses that one.`)] : []),
    lagNote(standbys),
  ];
}

function lagNote(standbys: readonly Standby[]): Note {
  const known = standbys.flatMap(({ replayBytes }) => replayBytes ?? []);
  if (known.length === 0) return info("By how much the standby is behind is not known.");
  const most = Math.max(...known);
  return most === 0
    ? ok("The standby has replayed all there is.")
    : info(`The standby is ${formatBytes(most)} behind.`);
}
