import Link from "next/link";
import { Bytes } from "@/components/ui/quantity";
import { type VirtualColumn, VirtualTable } from "@/components/ui/virtual-table";
import type { ClusterId } from "@/lib/domain/cluster";
import { type DatedEvent, isMove } from "@/lib/domain/layout-moves";
import { EVENT_WORDS } from "@/lib/domain/moves-since";
import { formatCount } from "@/lib/format/count";
import { dateAndTime, timeOfDay } from "@/lib/format/time";
import { routes } from "@/lib/routes";

type Props = { clusterId: ClusterId; events: readonly DatedEvent[] };

/** What happened, the newest first. Where nobody looked for a while, between which moments. */
export function MovesTable({ clusterId, events }: Props) {
  const columns: VirtualColumn<DatedEvent>[] = [
    { id: "when", head: "Seen", width: "236px", cell: (event) => <When event={event} /> },
    { id: "kind", head: "What", width: "104px", cell: (event) => EVENT_WORDS[event.kind] },
    {
      id: "names",
      head: "Tables or node",
      mono: true,
      cell: (event) => <span title={event.names.join(", ")}>{event.names.join(", ")}</span>,
    },
    { id: "group", head: "Group", width: "88px", mono: true, cell: (event) => (event.shards > 0 ? event.id : "") },
    { id: "shards", head: "Shards", width: "72px", right: true, cell: shardsOf },
    { id: "way", head: "From → to", width: "300px", mono: true, cell: (event) => <Way event={event} /> },
    { id: "bytes", head: "Bytes", width: "88px", right: true, cell: bytesOf },
    {
      id: "map",
      head: <span className="sr-only">On the map</span>,
      width: "132px",
      right: true,
      cell: (event) => (
        <Link href={routes.shardsAt(clusterId, event.after)} className="text-accent hover:underline">
          Map before it
        </Link>
      ),
    },
  ];
  return (
    <VirtualTable
      label="What moved"
      rows={events}
      columns={columns}
      rowKey={(event) => `${event.at} ${event.kind} ${event.id}`}
      minWidth={1180}
      className="max-h-[calc(100dvh-200px)]"
    />
  );
}

/** Reads that follow each other at the usual pace date a change well enough. */
const CLOSE_MS = 10_000;

function When({ event: { after, at } }: { event: DatedEvent }) {
  if (at - after <= CLOSE_MS) return <time dateTime={new Date(at).toISOString()}>{dateAndTime(at)}</time>;
  const isSameDay = dateAndTime(after).slice(0, 10) === dateAndTime(at).slice(0, 10);
  const words = isSameDay
    ? `${dateAndTime(after)} – ${timeOfDay(at)}`
    : `${dateAndTime(after).slice(5, 16)} – ${dateAndTime(at).slice(5, 16)}`;
  return <span title={`Between ${dateAndTime(after)} and ${dateAndTime(at)}: nobody looked in between.`}>{words}</span>;
}

function Way({ event: { from, to } }: { event: DatedEvent }) {
  const text = [from.join(", "), to.join(", ")].filter((part) => part !== "");
  const words = from.length > 0 && to.length > 0 ? text.join(" → ") : to.length > 0 ? `→ ${text[0]}` : (text[0] ?? "");
  return <span title={words}>{words}</span>;
}

function shardsOf(event: DatedEvent) {
  return event.shards > 0 ? formatCount(event.shards) : "";
}

function bytesOf(event: DatedEvent) {
  if (!isMove(event)) return "";
  return <Bytes value={event.bytes} unknown="its size was not known then" />;
}
