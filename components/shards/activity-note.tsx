import { StatusWord } from "@/components/ui/status-word";
import type { ClusterNode } from "@/lib/domain/node";
import { ACTIVITY_PACE_SECONDS, type Heat, type ShardActivity } from "@/lib/domain/shard-activity";
import { silenceOf } from "@/lib/domain/silent-nodes";
import { countOf } from "@/lib/format/count";

type Props = {
  activity: ShardActivity | null;
  heat: Heat | null;
  nodes: readonly ClusterNode[];
  /** Why the newest reading failed; null: it did not. */
  problem: string | null;
};

/** What is not known of how busy the shards are, and when it will be. */
export function ActivityNote({ activity, heat, nodes, problem }: Props) {
  const silence = activity && silenceOf(activity.answers, nodes);
  if (problem !== null)
    return (
      <Note
        tone="warn"
        word="Activity could not be read"
        text={`${problem} Where the shards are is known all the same.`}
      />
    );
  if (!activity || !heat)
    return <Note tone="info" word="Reading" text="Each node is asked what its shards have counted so far." />;
  if (silence) {
    const word = `Activity of ${silence.answered} of ${countOf(silence.asked, "node")}`;
    const because = silence.because.replace(/\.$/, "");
    return (
      <Note
        tone="warn"
        word={word}
        text={`${silence.names} did not tell (${because}). Its shards are unknown, not idle.`}
      />
    );
  }
  if (!heat.isFirstReading) return null;
  const text = `A rate needs two readings. The second comes in about ${ACTIVITY_PACE_SECONDS} s.`;
  return <Note tone="info" word="First reading" text={text} />;
}

function Note({ tone, word, text }: { tone: "warn" | "info"; word: string; text: string }) {
  return (
    <div
      role="status"
      className={`flex flex-wrap items-baseline gap-x-3 border-line border-b px-5 py-1.5 text-12 max-md:px-3 ${tone === "warn" ? "bg-warn-weak" : "bg-info-weak"}`}
    >
      <StatusWord tone={tone}>{word}</StatusWord>
      <span>{text}</span>
    </div>
  );
}
