import type { Tone } from "@/components/ui/tone";
import type { Run } from "@/lib/domain/change";

const LOOK: Record<Run["state"], { tone: Tone; word: string }> = {
  running: { tone: "running", word: "running" },
  detached: { tone: "running", word: "being found out" },
  succeeded: { tone: "ok", word: "succeeded" },
  failed: { tone: "bad", word: "failed" },
  unknown: { tone: "warn", word: "needs a person" },
};

/** Statements that ran are a success only when their effect was seen; an unknown end that somebody looked after is at rest. */
export function runLook({ state, effect, closed }: Run): { tone: Tone; word: string } {
  if (state === "unknown" && closed) return { tone: "muted", word: "unknown, looked after" };
  if (state === "succeeded" && effect?.seen === false) return { tone: "warn", word: "effect not seen" };
  return LOOK[state];
}
