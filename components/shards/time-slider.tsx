"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { problemOf } from "@/components/ui/query-state";
import type { ClusterId } from "@/lib/domain/cluster";
import type { LayoutMarks } from "@/lib/domain/layout-moves";
import { earlierMoment, laterMoment } from "@/lib/domain/time-marks";
import { dayAndTime } from "@/lib/format/time";
import { layoutQueries } from "@/lib/queries/layout-history";
import { routes } from "@/lib/routes";
import { TimeMarks } from "./time-marks";

type Props = { clusterId: ClusterId; at: number | null; onChange: (at: number | null) => void };

/** Where the shards were: from the first layout that is on record until now, with a mark wherever something moved. */
export function TimeSlider({ clusterId, at, onChange }: Props) {
  const query = useQuery(layoutQueries.marks(clusterId));
  return (
    <fieldset
      aria-label="Time"
      className="-mx-5 flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-5 py-1 max-md:-mx-3 max-md:px-3"
    >
      {query.data ? (
        <Known marks={query.data} at={at} onChange={onChange} />
      ) : (
        <span className="flex-1 text-12 text-text-3">
          {query.error
            ? `The kept layouts cannot be read: ${problemOf(query.error).detail}`
            : "Reading the kept layouts…"}
        </span>
      )}
      <LinkButton href={routes.moves(clusterId)} size="sm" icon="arrow-right">
        What moved
      </LinkButton>
    </fieldset>
  );
}

/** While somebody drags, the moment is theirs; it is looked at when they rest. */
const REST_MS = 200;

function Known({ marks, at, onChange }: { marks: LayoutMarks } & Omit<Props, "clusterId">) {
  const { since, until } = marks;
  const [dragged, setDragged] = useState<number | null>(null);
  useEffect(() => {
    if (dragged === null) return;
    const timer = setTimeout(() => {
      onChange(until !== null && dragged >= until ? null : dragged);
      setDragged(null);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [dragged, until, onChange]);
  if (since === null || until === null)
    return <span className="flex-1 text-12 text-text-3">No layout is on record yet; it is kept from now on.</span>;
  const moment = dragged ?? at;
  const earlier = earlierMoment(marks.marks, at ?? until);
  const later = at === null ? null : laterMoment(marks.marks, at);
  const words = moment === null ? "Now" : dayAndTime(moment);
  return (
    <>
      <Button
        size="sm"
        because={earlier === null ? "Nothing moved before this moment, as far as is known." : undefined}
        onClick={() => onChange(earlier)}
      >
        Before the last change
      </Button>
      <div className="relative min-w-48 flex-1">
        <TimeMarks marks={marks} />
        <input
          type="range"
          aria-label="Moment that is shown"
          aria-valuetext={words}
          min={since}
          max={until}
          step={Math.max(1, Math.round((until - since) / 2_000))}
          value={Math.min(until, Math.max(since, moment ?? until))}
          onChange={(event) => setDragged(Number(event.target.value))}
          className="relative block h-6 w-full accent-accent"
        />
      </div>
      <span className="min-w-36 text-right text-12" title={`Known since ${dayAndTime(since)}`}>
        {words}
      </span>
      <Button
        size="sm"
        because={
          later === null
            ? at === null
              ? "This is now."
              : "Nothing moved after this moment, as far as is known."
            : undefined
        }
        onClick={() => onChange(later)}
      >
        After the next
      </Button>
    </>
  );
}
