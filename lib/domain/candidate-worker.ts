import { countOf } from "../format/count";
import { connectionNote, notAskedNote } from "./candidate-connection";
import type { Note } from "./change";
import { addressOf } from "./node";
import type { CandidateFacts, CandidateReading, ClusterVersions } from "./node-candidate";
import { listOf } from "./node-names";

/** What the look at an address means for adding it as a worker. A `bad` note refuses. */
export function workerNotes(reading: CandidateReading, cluster: ClusterVersions): Note[] {
  const failure = connectionNote(reading);
  if (failure) return [failure];
  const { facts, address } = reading;
  if (!facts) return [notAskedNote(reading)];
  if (facts.inRecovery) return [standbyNote(address, facts)];
  return [
    { tone: "ok", text: `The coordinator can connect to ${address}.` },
    extensionNote(reading, facts, cluster),
    ...membershipNotes(reading, cluster),
    ...serverNotes(address, facts, cluster),
    pathNote(reading),
  ];
}

function standbyNote(address: string, { streamsFrom }: CandidateFacts): Note {
  return {
    tone: "bad",
    text: `${address} is a standby${streamsFrom === null ? "" : ` of ${streamsFrom}`} and takes no writes.`,
    detail: "Add it as a secondary of its primary, or promote it first.",
  };
}

function extensionNote({ address, database }: CandidateReading, facts: CandidateFacts, cluster: ClusterVersions): Note {
  if (facts.libraryVersion === null) {
    return {
      tone: "bad",
      text: `The library citus is not loaded at ${address}.`,
      detail: "Put citus first in shared_preload_libraries there and restart it.",
    };
  }
  if (facts.extensionVersion === null) {
    return {
      tone: "bad",
      text: `The database "${database}" at ${address} lacks the extension citus.`,
      detail: "Run CREATE EXTENSION citus in it.",
    };
  }
  if (facts.extensionVersion !== cluster.extensionVersion) {
    return {
      tone: "bad",
      text: `The extension is at version ${facts.extensionVersion} there and at ${cluster.extensionVersion} in the cluster.`,
      detail: "Install the same Citus on both, then run ALTER EXTENSION citus UPDATE where it is older.",
    };
  }
  const library = /^Citus (\S+)/.exec(cluster.citusVersion)?.[1];
  if (library !== undefined && library !== facts.libraryVersion) {
    return {
      tone: "warn",
      text: `It runs Citus ${facts.libraryVersion}, the coordinator ${library}.`,
      detail: "They work together; use one version before long.",
    };
  }
  return {
    tone: "ok",
    text: `It has the database "${database}" with Citus ${facts.libraryVersion}, as the coordinator has.`,
  };
}

/** Whether it has been part of a cluster: Citus leaves its metadata behind on a node that was removed. */
function membershipNotes({ address, membership, facts }: CandidateReading, cluster: ClusterVersions): Note[] {
  if (!membership) return [];
  if (membership.serverId !== null && membership.serverId === cluster.serverId) {
    return [
      {
        tone: "bad",
        text: `${address} is the coordinator itself, or a copy of its data folder.`,
        detail: "For a copy: drop and create the extension there, which gives it an identity of its own.",
      },
    ];
  }
  if (membership.groupId === 0 && membership.otherNodes > 0) {
    return [
      {
        tone: "bad",
        text: `${address} is the coordinator of another cluster.`,
        detail: "Remove its workers there first, or give another address.",
      },
    ];
  }
  if (membership.coordinator === null || membership.groupId === 0) return tablesNotes(facts?.tables ?? 0);
  if (membership.coordinator !== cluster.coordinator) {
    return [
      {
        tone: "warn",
        text: `It has the metadata of another cluster, whose coordinator is ${membership.coordinator}.`,
        detail: "Adding it replaces that. Check that nothing uses it any more.",
      },
    ];
  }
  const itself = cluster.nodes.find((node) => node.groupId === membership.groupId && node.role === "primary");
  if (itself) {
    return [
      {
        tone: "bad",
        text: `${address} is in the cluster already, under the address ${addressOf(itself)}.`,
        detail: "Give the address of another server.",
      },
    ];
  }
  return [
    {
      tone: "info",
      text: "It was part of this cluster before.",
      detail: "What Citus left behind there is replaced.",
    },
  ];
}

function tablesNotes(tables: number): Note[] {
  if (tables === 0) return [];
  return [
    {
      tone: "warn",
      text: `Its database already holds ${countOf(tables, "table")}.`,
      detail: "Adding fails where one has the name of a table of this cluster.",
    },
  ];
}

function serverNotes(address: string, facts: CandidateFacts, cluster: ClusterVersions): Note[] {
  const notes: Note[] = [];
  if (!facts.isSuperuser) {
    notes.push({
      tone: "bad",
      text: `The login is no superuser at ${address}, so the metadata cannot be copied there.`,
      detail: "Make the role a superuser there.",
    });
  }
  if (Number.parseInt(facts.postgresVersion, 10) !== Number.parseInt(cluster.postgresVersion, 10)) {
    notes.push({
      tone: "warn",
      text: `It runs PostgreSQL ${facts.postgresVersion}, the coordinator ${cluster.postgresVersion}.`,
    });
  }
  if (facts.walLevel !== "logical") {
    notes.push({
      tone: "warn",
      text: `Its wal_level is ${facts.walLevel}.`,
      detail: "Shards can leave it again only in mode block_writes. Set wal_level = logical there.",
    });
  }
  return notes;
}

function pathNote({ address, unreachableFrom }: CandidateReading): Note {
  if (unreachableFrom === null) {
    return { tone: "info", text: "Whether the other nodes can connect to it could not be asked." };
  }
  if (unreachableFrom.length === 0) return { tone: "ok", text: "Every node that answers can connect to it." };
  return {
    tone: "warn",
    text: `${listOf(unreachableFrom)} cannot connect to ${address}.`,
    detail: "Moves between them, and some joins, will fail.",
  };
}
