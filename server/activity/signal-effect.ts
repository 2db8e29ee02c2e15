import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { globalPid } from "@/lib/domain/global-pid";
import { nodeIdSchema } from "@/lib/domain/node";
import type { Effect } from "@/server/changes/define";
import type { Target } from "@/server/clusters";
import { readActivityOf } from "./reads";

/** A signal is only a request: rolling back takes a while, and a session inside a long system call hears it late. */
const LOOKING_MS = 2_000;
const BETWEEN_LOOKS_MS = 250;

/** What a session is recognised by when it is looked for again: a pid may be another session by then. */
export const signalledSchema = z.object({
  nodeId: nodeIdSchema,
  pid: z.int(),
  startedAt: z.number().nullable(),
  queryStartedAt: z.number().nullable(),
});
export type Signalled = z.infer<typeof signalledSchema>;

type Left = { session: Signalled; isSilent: boolean };

/** Looks at the nodes again: is the session gone, has its statement ended? No look begins after two seconds, however slow a node is. */
export async function signalEffect(
  target: Target,
  kind: "cancel" | "terminate",
  sessions: readonly Signalled[],
): Promise<Effect> {
  const until = performance.now() + LOOKING_MS;
  let left = await stillThere(target, kind, sessions);
  while (left.length > 0 && performance.now() < until) {
    await sleep(BETWEEN_LOOKS_MS);
    left = await stillThere(
      target,
      kind,
      left.map(({ session }) => session),
    );
  }
  return sentenceOf(kind, sessions, left);
}

async function stillThere(
  target: Target,
  kind: "cancel" | "terminate",
  sessions: readonly Signalled[],
): Promise<Left[]> {
  const looks = await Promise.all(sessions.map((session) => lookAt(target, kind, session)));
  return looks.flatMap((look) => look ?? []);
}

/** null: the signal took effect. */
async function lookAt(target: Target, kind: "cancel" | "terminate", before: Signalled): Promise<Left | null> {
  const { answers, sessions } = await readActivityOf(target, before.nodeId);
  if (answers.some((answer) => !answer.ok)) return { session: before, isSilent: true };
  const now = sessions.find((one) => one.pid === before.pid && one.startedAt === before.startedAt);
  if (!now) return null;
  const isSameStatement = now.state === "active" && now.queryStartedAt === before.queryStartedAt;
  return kind === "cancel" && !isSameStatement ? null : { session: before, isSilent: false };
}

function sentenceOf(kind: "cancel" | "terminate", all: readonly Signalled[], left: readonly Left[]): Effect {
  const done = kind === "cancel" ? "ended" : "gone";
  const what = kind === "cancel" ? "statement" : "session";
  if (left.length === 0) {
    const seen = all.length === 1 ? `The ${what} has ended.` : `All ${all.length} ${what}s have ended.`;
    return { seen: true, sentence: seen };
  }
  const names = left.map(({ session }) => globalPid(session.nodeId, session.pid)).join(", ");
  if (left.some((one) => one.isSilent))
    return {
      seen: false,
      sentence: `Whether it is ${done} is not known for ${names}: its node does not answer.`,
      isUnsure: true,
    };
  return { seen: false, sentence: `Not ${done} after 2 s: ${names}. The signal was sent; it may take effect later.` };
}
