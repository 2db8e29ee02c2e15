import type { IconName } from "@/components/ui/icon-paths";
import { StatusWord } from "@/components/ui/status-word";
import type { Tone } from "@/components/ui/tone";
import type { SessionStatus } from "@/lib/domain/activity";
import type { ActivityRow } from "@/lib/domain/activity-rows";

const LOOK: Record<SessionStatus, { tone: Tone; icon: IconName; word: string }> = {
  active: { tone: "muted", icon: "activity", word: "active" },
  waiting: { tone: "warn", icon: "waiting", word: "waiting" },
  "idle-in-transaction": { tone: "muted", icon: "pause", word: "idle in tx" },
  idle: { tone: "muted", icon: "none", word: "idle" },
  unknown: { tone: "muted", icon: "info", word: "not visible" },
};

/** The state in one word. Who makes others wait carries the lock, whatever it does itself. */
export function SessionStatusWord({ row }: { row: Pick<ActivityRow, "status" | "blocks"> }) {
  const { tone, icon, word } = LOOK[row.status];
  const isRoot = row.blocks > 0 && row.status !== "waiting";
  if (isRoot)
    return (
      <StatusWord tone="bad" icon="lock">
        {word}
      </StatusWord>
    );
  return (
    <StatusWord tone={tone} icon={icon} className={row.status === "active" ? "text-text-1!" : ""}>
      {word}
    </StatusWord>
  );
}
