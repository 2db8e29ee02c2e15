import { expect, test } from "vitest";
import { aWorker } from "../testing/layout";
import { secondaryNotes } from "./candidate-secondary";
import { workerNotes } from "./candidate-worker";
import type { Note } from "./change";
import { coordinatorHostNotes, maySetCoordinatorHost } from "./coordinator-host";
import type { CandidateFacts, CandidateMembership, CandidateReading, ClusterVersions } from "./node-candidate";

const facts = (over: Partial<CandidateFacts> = {}): CandidateFacts => ({
  postgresVersion: "15.20",
  libraryVersion: "13.2.2",
  extensionVersion: "13.2-1",
  inRecovery: false,
  streamsFrom: null,
  walLevel: "logical",
  isSuperuser: true,
  tables: 0,
  ...over,
});
const membership = (over: Partial<CandidateMembership> = {}): CandidateMembership => ({
  serverId: "theirs",
  coordinator: null,
  otherNodes: 0,
  groupId: 0,
  ...over,
});
const reading = (over: Partial<CandidateReading> = {}): CandidateReading => ({
  address: "10.0.0.5:5432",
  database: "shop",
  connection: { connected: true },
  facts: facts(),
  membership: membership(),
  unknownBecause: null,
  unreachableFrom: [],
  ...over,
});
const cluster: ClusterVersions = {
  postgresVersion: "15.20",
  extensionVersion: "13.2-1",
  citusVersion: "Citus 13.2.2 on x86_64",
  serverId: "ours",
  coordinator: "10.0.0.1:5432",
  nodes: [aWorker(0), aWorker(1)],
};

const worker = (over: Partial<CandidateReading> = {}) => workerNotes(reading(over), cluster);
const bad = (notes: Note[]) => notes.filter((note) => note.tone === "bad").map((note) => note.text);
const words = (said: string) => ({ connection: { connected: false as const, words: said }, facts: null });

test("a fresh server with the same Citus is in order", () => {
  expect(worker().map((note) => note.tone)).toEqual(["ok", "ok", "ok"]);
});

test.each([
  ["Connection refused", "Nothing listens at 10.0.0.5:5432."],
  ['could not translate host name "db9" to address: Name or service not known', "does not know the host"],
  ['FATAL:  database "shop" does not exist', 'has no database "shop"'],
  ['FATAL:  password authentication failed for user "dba"', "refuses the coordinator's login"],
  ['FATAL:  no pg_hba.conf entry for host "10.0.0.1"', "refuses the coordinator's login"],
  ["timeout expired", "does not answer the coordinator in time"],
  ["server does not support SSL, but SSL was required", "do not agree on TLS"],
  ["expected authentication request from server, but received S", "is not PostgreSQL"],
  ["something nobody foresaw", "cannot connect to 10.0.0.5:5432"],
])("T10: '%s' has its own sentence, and is not repeated", (said, sentence) => {
  const [note] = worker(words(said));
  expect(note?.text).toContain(sentence);
  expect(note?.detail).not.toContain(said);
});

test("library, extension and version are told apart", () => {
  expect(bad(worker({ facts: facts({ libraryVersion: null }) }))[0]).toContain("library citus is not loaded");
  expect(bad(worker({ facts: facts({ extensionVersion: null }), membership: null }))[0]).toContain(
    "lacks the extension",
  );
  expect(bad(worker({ facts: facts({ extensionVersion: "12.1-1" }) }))[0]).toContain("12.1-1 there and at 13.2-1");
  expect(bad(worker({ facts: facts({ libraryVersion: "13.2.1" }) }))).toEqual([]);
});

test("a standby is no worker", () => {
  expect(bad(worker({ facts: facts({ inRecovery: true, streamsFrom: "10.0.0.2:5432" }) }))).toEqual([
    "10.0.0.5:5432 is a standby of 10.0.0.2:5432 and takes no writes.",
  ]);
});

test("the coordinator, a copy of it, another coordinator and a member under another name are recognised", () => {
  expect(bad(worker({ membership: membership({ serverId: "ours" }) }))[0]).toContain("or a copy of its data folder");
  expect(bad(worker({ membership: membership({ otherNodes: 3 }) }))[0]).toContain("coordinator of another cluster");
  const member = membership({ coordinator: "10.0.0.1:5432", groupId: 1 });
  expect(bad(worker({ membership: member }))[0]).toContain("under the address 127.0.0.1:55165");
});

test("a server that left this cluster may come back; one of another cluster is warned about", () => {
  const gone = worker({ membership: membership({ coordinator: "10.0.0.1:5432", groupId: 8 }) });
  expect(bad(gone)).toEqual([]);
  expect(gone.map((note) => note.text)).toContain("It was part of this cluster before.");
  const foreign = worker({ membership: membership({ coordinator: "10.9.9.9:5432", groupId: 2 }) });
  expect(foreign.find((note) => note.tone === "warn")?.text).toContain("10.9.9.9:5432");
});

test("a server that cannot be asked is not waved through", () => {
  expect(bad(worker({ facts: null, membership: null, unknownBecause: "permission denied" }))).toHaveLength(1);
});

test("tables there, a low wal_level, another PostgreSQL and an unreachable path are warnings, a plain login is a refusal", () => {
  const tones = (over: Partial<CandidateReading>) => worker(over).filter((note) => note.tone === "warn").length;
  expect(tones({ facts: facts({ tables: 3 }) })).toBe(1);
  expect(tones({ facts: facts({ walLevel: "replica" }) })).toBe(1);
  expect(tones({ facts: facts({ postgresVersion: "16.4" }) })).toBe(1);
  expect(tones({ unreachableFrom: ["10.0.0.2:5432"] })).toBe(1);
  expect(bad(worker({ facts: facts({ isSuperuser: false }) }))).toHaveLength(1);
});

test("a secondary has to be a standby, and of this primary", () => {
  const primary = reading({ address: "10.0.0.2:5432", membership: membership({ serverId: "w1" }) });
  const standby = (serverId: string | null) =>
    reading({ facts: facts({ inRecovery: true, streamsFrom: "10.0.0.2:5432" }), membership: membership({ serverId }) });
  expect(bad(secondaryNotes(reading(), primary))[0]).toContain("is no standby");
  expect(bad(secondaryNotes(standby("w2"), primary))[0]).toContain("but not of 10.0.0.2:5432");
  expect(secondaryNotes(standby("w1"), primary).map((note) => note.tone)).toEqual(["ok", "info"]);
  expect(secondaryNotes(standby(null), primary).map((note) => note.tone)).toContain("warn");
});

test("the coordinator's host has to lead to the coordinator, from every worker", () => {
  const leads = (over: Partial<CandidateReading> = {}) =>
    coordinatorHostNotes(reading({ membership: membership({ serverId: "ours" }), ...over }), "ours");
  expect(bad(leads())).toEqual([]);
  expect(bad(leads({ membership: membership() }))[0]).toContain("leads to another server");
  expect(bad(leads({ unreachableFrom: ["10.0.0.2:5432"] }))[0]).toContain("10.0.0.2:5432 cannot connect");
  expect(maySetCoordinatorHost({ host: "localhost", port: 5432 }, []).allowed).toBe(false);
  expect(maySetCoordinatorHost(aWorker(1), [aWorker(1)]).allowed).toBe(false);
  expect(maySetCoordinatorHost(aWorker(0), [aWorker(0)]).allowed).toBe(false);
});
