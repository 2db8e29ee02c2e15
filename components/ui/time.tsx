"use client";
import { ago, dateAndTime, type Moment, timeOfDay, toMilliseconds } from "@/lib/format/time";
import { useNow } from "./use-now";

type Props = { at: Moment; show?: "ago" | "time" | "date-time"; className?: string };

/** A moment in the reader's own zone. The server does not know that zone, so it sends only the machine's text. */
export function Time({ at, show = "ago", className }: Props) {
  const now = useNow();
  const iso = new Date(toMilliseconds(at)).toISOString();
  const full = now === null ? undefined : dateAndTime(at);
  return (
    <time dateTime={iso} title={full} className={className}>
      {now === null ? "" : words(at, show, now)}
    </time>
  );
}

function words(at: Moment, show: "ago" | "time" | "date-time", now: number): string {
  if (show === "ago") return ago(at, now);
  return show === "time" ? timeOfDay(at) : dateAndTime(at);
}
