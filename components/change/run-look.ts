import type { Tone } from "@/components/ui/tone";
import type { Run } from "@/lib/domain/change";

const LOOK: Record<Run["state"], { tone: Tone; word: string }> = {
  running: { tone: "running", word: "running" },
  detached: { tone: "running", word: "being found out" },
  succeeded: { tone: "ok", word: "succeeded" },
  failed: { tone: "bad", word: "failed" },
  unknown: { tone: "warn", word: "needs a person" },
};

/** A change that is over once its job was scheduled: of the job's own end the job tells. */
const SCHEDULES = "rebalance.start";

/** Statements that ran are a success only when their effect was seen; an unknown end that somebody looked after is at rest. */
export function runLook({ state, effect, closed, change, jobId }: Run): { tone: Tone; word: string } {
  if (state === "unknown" && closed) return { tone: "muted", word: "unknown, looked after" };
  if (state === "succeeded" && effect?.seen === false) return { tone: "warn", word: "effect not seen" };
  if (state === "succeeded" && change === SCHEDULES && jobId !== null) return { tone: "ok", word: "started" };
  return LOOK[state];
}
