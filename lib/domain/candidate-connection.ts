import type { Note } from "./change";
import type { CandidateReading } from "./node-candidate";

type Case = { said: RegExp; text: (address: string, database: string) => string; next: string };

/**
 * libpq's words, as far as they are known; what nobody foresaw gets the general sentence. The words themselves are not shown: a
 * form that repeats what any port answers would be a way to look around in the coordinator's network.
 */
const CASES: readonly Case[] = [
  {
    said: /database ".*" does not exist/,
    text: (address, database) => `PostgreSQL answers at ${address}, but has no database "${database}".`,
    next: "Create it there, then run CREATE EXTENSION citus in it.",
  },
  {
    said: /could not translate host name/,
    text: (address) => `The coordinator does not know the host of ${address}.`,
    next: "Check the name, as the coordinator resolves it.",
  },
  {
    said: /Connection refused/,
    text: (address) => `Nothing listens at ${address}.`,
    next: "Start PostgreSQL there, or check the port and listen_addresses.",
  },
  {
    said: /password|pg_hba|role ".*" does not exist|authentication failed/,
    text: (address) => `${address} refuses the coordinator's login.`,
    next: "Check pg_hba.conf and the role there, and the password that the coordinator uses.",
  },
  {
    said: /SSL|certificate/,
    text: (address) => `${address} and the coordinator do not agree on TLS.`,
    next: "Check ssl and the certificate there, and citus.node_conninfo at the coordinator.",
  },
  {
    said: /expected authentication request|server closed the connection unexpectedly|invalid response|received invalid/,
    text: (address) => `What listens at ${address} is not PostgreSQL, or hung up at once.`,
    next: "Check the port.",
  },
  {
    said: /timeout|timed out/i,
    text: (address) => `${address} does not answer the coordinator in time.`,
    next: "Check the network between them, and whether the server is overloaded or frozen.",
  },
];

/** Each way not to get a session, in plain words with the next step; null: there is one. */
export function connectionNote({ connection, address, database }: CandidateReading): Note | null {
  if (connection.connected) return null;
  const { words } = connection;
  const found = CASES.find(({ said }) => said.test(words));
  const next = found?.next ?? "Check host, port and network, as seen from the coordinator.";
  return {
    tone: "bad",
    text: found?.text(address, database) ?? `The coordinator cannot connect to ${address}.`,
    detail: next,
  };
}

export function notAskedNote({ address, unknownBecause }: CandidateReading): Note {
  return {
    tone: "bad",
    text: `${address} accepts the connection, but could not be asked about itself.`,
    detail: unknownBecause ?? "Check that the role may read the system catalogs there.",
  };
}
