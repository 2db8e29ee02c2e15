"use client";
import { formatDuration } from "@/lib/format/duration";
import { ago, type Moment, toMilliseconds } from "@/lib/format/time";
import { StatusWord } from "./status-word";
import { useNow } from "./use-now";

type Props = {
  /** When the oldest of the shown values was read. null: nothing has been read yet. */
  at: Moment | null;
  /** Why newer values do not come: ":55167 does not answer". Its presence is what makes the mark stale. */
  because?: string | undefined;
  /** Older than this is stale even when nobody knows why. */
  staleAfterSeconds?: number;
};

/** "Live 2 s ago", or the age of what is shown and the reason: "41 s old: :55167 does not answer". */
export function Freshness({ at, because, staleAfterSeconds = 30 }: Props) {
  const now = useNow();
  if (at === null) {
    return (
      <StatusWord
        tone={because === undefined ? "muted" : "warn"}
        icon={because === undefined ? "waiting" : "warn"}
        className="text-12"
      >
        {because === undefined ? "Reading" : `Not read yet: ${because}`}
      </StatusWord>
    );
  }
  const seconds = now === null ? 0 : Math.max(0, Math.floor((now - toMilliseconds(at)) / 1000));
  const isStale = because !== undefined || seconds > staleAfterSeconds;
  if (isStale) {
    return (
      <StatusWord tone="warn" className="min-w-0 text-12">
        <span className="truncate" title={because}>
          {formatDuration(seconds).replace(".0 s", " s")} old{because === undefined ? "" : `: ${because}`}
        </span>
      </StatusWord>
    );
  }
  return (
    <StatusWord tone="ok" className="text-12">
      Live <span className="font-normal text-text-3">{now === null ? "" : ago(at, now)}</span>
    </StatusWord>
  );
}
