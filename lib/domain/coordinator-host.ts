import { connectionNote, notAskedNote } from "./candidate-connection";
import type { Note } from "./change";
import { ALLOWED, refused, type Verdict } from "./cluster";
import { addressOf, type ClusterNode, isCoordinator } from "./node";
import type { CandidateReading } from "./node-candidate";
import { listOf } from "./node-names";

/** May the coordinator be registered under this address? */
export function maySetCoordinatorHost(address: { host: string; port: number }, nodes: readonly ClusterNode[]): Verdict {
  const known = nodes.find((node) => node.host === address.host && node.port === address.port);
  if (known && isCoordinator(known)) return refused("The coordinator is registered under this address already.");
  if (known) return refused(`${addressOf(known)} is the address of node ${known.id}. Give the coordinator's own.`);
  if (address.host === "localhost") {
    return refused(
      "Under localhost every worker would find itself. Give an address that leads to this server from everywhere.",
    );
  }
  return ALLOWED;
}

/** Whether the address leads to this very server, from the coordinator and from the workers. */
export function coordinatorHostNotes(reading: CandidateReading, serverId: string | null): Note[] {
  const failure = connectionNote(reading);
  if (failure) return [failure];
  const { membership, address, unreachableFrom } = reading;
  if (!membership) return [notAskedNote(reading)];
  if (membership.serverId !== serverId) {
    return [
      { tone: "bad", text: `${address} leads to another server.`, detail: "Give an address of this coordinator." },
    ];
  }
  return [
    { tone: "ok", text: `${address} leads to this coordinator.` },
    unreachableFrom === null
      ? { tone: "warn", text: "Whether the workers can connect to it could not be asked." }
      : unreachableFrom.length === 0
        ? { tone: "ok", text: "Every node that answers can connect to it." }
        : {
            tone: "bad",
            text: `${listOf(unreachableFrom)} cannot connect to ${address}.`,
            detail: "Give an address that works from every worker.",
          },
  ];
}
