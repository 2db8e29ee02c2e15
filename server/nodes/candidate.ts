import "server-only";
import type { z } from "zod";
import type { Note } from "@/lib/domain/change";
import { addressOf, type ClusterNode } from "@/lib/domain/node";
import type { CandidateReading } from "@/lib/domain/node-candidate";
import { AppError, isAppError } from "@/lib/errors";
import type { Address, Target } from "@/server/clusters";
import { log } from "@/server/log";
import { parseAnswer } from "@/server/pg/ask-nodes";
import { run, type ServerMessage } from "@/server/pg/run";
import * as statements from "@/server/sql/nodes";

/**
 * Learns what can be learnt about an address before it joins, through the coordinator: whether it gets a session there,
 * and then what the server says about itself. Never throws for what the address does: that is part of the reading.
 */
export async function readCandidate(
  target: Target,
  address: Address,
  members: readonly ClusterNode[],
  as: As,
): Promise<CandidateReading> {
  const reading: CandidateReading = {
    address: addressOf(address),
    database: target.database,
    connection: await connectionTo(target, address, as),
    facts: null,
    membership: null,
    unknownBecause: null,
    unreachableFrom: null,
  };
  if (!reading.connection.connected) return reading;
  const unreachableFrom = await membersThatCannotReach(target, address, members, as);
  try {
    const facts = await askCandidate(target, address, statements.candidateFacts, as);
    const membership =
      facts.extensionVersion === null ? null : await askCandidate(target, address, statements.candidateMembership, as);
    return { ...reading, unreachableFrom, facts, membership };
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return { ...reading, unreachableFrom, unknownBecause: cause.message };
  }
}

/** A note where the operations login could not change nodes once this server is one of them; nothing where it can. */
export async function operationsNote(target: Target, address: Address): Promise<Note[]> {
  const { user } = target.logins.ops;
  const writers = await askCandidate(target, address, statements.candidateWriters, "admin");
  if (writers.includes(user)) return [];
  return [
    {
      tone: "warn",
      text: `${user} has no right there yet to change the list of nodes.`,
      detail: `Closing, draining and removing any node fails until sql/roles.sql has been run on ${addressOf(address)} with -v here=1.`,
    },
  ];
}

/** Citus connects to the address as the login that asks, so it is asked with the one that would add it. */
type As = "ops" | "admin";

/** The driver's words come as a WARNING beside a plain false. */
async function connectionTo(target: Target, address: Address, as: As): Promise<CandidateReading["connection"]> {
  const words: string[] = [];
  const onMessage = ({ text }: ServerMessage) => words.push(text);
  const [row] = await run(target, statements.checkConnection, address, { onMessage, as });
  if (row?.connected) return { connected: true };
  const said = withoutPreamble(words.join(" "));
  log.info("an address did not let the coordinator in", { clusterId: target.clusterId, port: address.port, said });
  return { connected: false, words: said };
}

/** "connection to the remote node dba@h:1 failed with the following error: Connection refused …" → what libpq said, without its question. */
function withoutPreamble(words: string): string {
  return words
    .replace(/^.*?failed with the following error:\s*/s, "")
    .replace(/\s*Is the server running.*$/s, "")
    .replace(/\s+/g, " ")
    .trim();
}

type Question<Answer> = Pick<typeof statements.candidateFacts, "name" | "text"> & { answer: z.ZodType<Answer> };

async function askCandidate<Answer>(
  target: Target,
  { host, port }: Address,
  question: Question<Answer>,
  as: As,
): Promise<Answer> {
  const [row] = await run(target, statements.askCandidate, { host, port, question: question.text }, { as });
  if (!row?.success) throw new AppError("node_unreachable", row?.result ?? "The coordinator got no answer from it.");
  return parseAnswer(question, row.result);
}

/** Addresses of the active primaries that say they cannot connect; one that did not answer said nothing. null: nobody could be asked. */
async function membersThatCannotReach(
  target: Target,
  address: Address,
  members: readonly ClusterNode[],
  as: As,
): Promise<string[] | null> {
  try {
    const rows = await run(target, statements.checkConnectionFromAll, address, { as });
    const refusing = new Set(rows.filter((row) => row.success && row.result === "f").map((row) => row.nodeid));
    return members.filter((node) => refusing.has(node.id)).map(addressOf);
  } catch (cause) {
    if (isAppError(cause)) return null; // said as "could not be asked"; the coordinator's own view is what decides
    throw cause;
  }
}
