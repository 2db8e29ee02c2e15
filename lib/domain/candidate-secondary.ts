import { connectionNote, notAskedNote } from "./candidate-connection";
import type { Note } from "./change";
import type { CandidateReading } from "./node-candidate";

/**
 * What the look at an address means for registering it as a secondary: it has to be a standby, and of this very primary.
 * Citus looks at neither, so this is the only place where it is noticed.
 */
export function secondaryNotes(reading: CandidateReading, primary: CandidateReading): Note[] {
  const failure = connectionNote(reading);
  if (failure) return [failure];
  const { facts, address } = reading;
  if (!facts) return [notAskedNote(reading)];
  if (!facts.inRecovery) {
    return [
      {
        tone: "bad",
        text: `${address} is no standby: it takes writes of its own.`,
        detail: "Set up streaming replication first, or add it as a worker.",
      },
    ];
  }
  return [...identityNotes(reading, primary), streamNote(facts.streamsFrom)];
}

/** A standby has the identity of the server it was copied from. */
function identityNotes(reading: CandidateReading, primary: CandidateReading): Note[] {
  const here = reading.membership?.serverId ?? null;
  const there = primary.membership?.serverId ?? null;
  if (here === null || there === null) {
    return [
      { tone: "ok", text: `The coordinator can connect to ${reading.address}, and it is a standby.` },
      {
        tone: "warn",
        text: `Whether it is a standby of ${primary.address} could not be seen.`,
        detail: "Citus does not look either. Register it only where that is known.",
      },
    ];
  }
  if (here === there) {
    return [
      {
        tone: "ok",
        text: `The coordinator can connect to ${reading.address}, and it is a standby of ${primary.address}.`,
      },
    ];
  }
  const from = reading.facts?.streamsFrom ?? null;
  return [
    {
      tone: "bad",
      text: `${reading.address} is a standby, but not of ${primary.address}.`,
      detail: from === null ? "Choose its own primary." : `It streams from ${from}. Choose that node.`,
    },
  ];
}

function streamNote(streamsFrom: string | null): Note {
  if (streamsFrom !== null) return { tone: "info", text: `It streams from ${streamsFrom}.` };
  return {
    tone: "warn",
    text: "It streams from nowhere at the moment.",
    detail: "It serves what it last received until replication goes on.",
  };
}
