import clsx from "clsx";
import { Checkbox } from "@/components/ui/checkbox";
import { Duration } from "@/components/ui/quantity";
import { Unknown } from "@/components/ui/unknown";
import type { VirtualColumn } from "@/components/ui/virtual-table";
import { type ActivityRow, isItself } from "@/lib/domain/activity-rows";
import type { GlobalPid } from "@/lib/domain/global-pid";
import type { ClusterNode } from "@/lib/domain/node";
import { SessionNode } from "./session-node";
import { SessionStatusWord } from "./session-status";

type Choose = (row: ActivityRow) => void;

export function sessionColumns(
  nodes: readonly ClusterNode[],
  chosen: ReadonlySet<GlobalPid>,
  choose: Choose,
): VirtualColumn<ActivityRow>[] {
  return [
    {
      id: "choose",
      head: <span className="sr-only">Chosen</span>,
      width: "34px",
      cell: (row) => <Choice row={row} chosen={chosen} choose={choose} />,
    },
    { id: "globalPid", head: "Global pid", width: "116px", right: true, mono: true, sortable: true, cell: gpidOf },
    {
      id: "node",
      head: "Node",
      width: "92px",
      sortable: true,
      cell: ({ session }) => <SessionNode nodeId={session.nodeId} nodes={nodes} />,
    },
    { id: "status", head: "State", width: "108px", sortable: true, cell: (row) => <State row={row} /> },
    { id: "wait", head: "Wait", width: "190px", sortable: true, cell: (row) => <Wait row={row} /> },
    { id: "age", head: "Age", width: "96px", right: true, sortable: true, cell: (row) => <Age row={row} /> },
    {
      id: "user",
      head: "User",
      width: "112px",
      sortable: true,
      cell: ({ session }) => session.user ?? <Unknown because="it runs as nobody" />,
    },
    {
      id: "application",
      head: "Application",
      width: "104px",
      sortable: true,
      cell: (row) => <Application row={row} />,
    },
    { id: "query", head: "Query", mono: true, cell: ({ session }) => <Query text={session.query} /> },
    {
      id: "blocks",
      head: <span className="sr-only">Locks</span>,
      width: "76px",
      right: true,
      cell: (row) => <Locks row={row} />,
    },
  ];
}

function Choice({ row, chosen, choose }: { row: ActivityRow; chosen: ReadonlySet<GlobalPid>; choose: Choose }) {
  return (
    // The row takes clicks as well: one on the box must not count twice.
    // biome-ignore lint/a11y: the box inside is what is operated
    <span className="flex" onClick={(event) => event.stopPropagation()}>
      <Checkbox
        label={`Choose session ${row.session.globalPid}`}
        hideLabel
        checked={chosen.has(row.session.globalPid)}
        onChange={() => choose(row)}
      />
    </span>
  );
}

/** A connection elsewhere carries its session's number, which is what gets signalled; quieter, as it is not the session itself. */
function gpidOf({ session }: ActivityRow) {
  return <span className={isItself(session) ? undefined : "text-text-3"}>{session.globalPid}</span>;
}

function State({ row }: { row: ActivityRow }) {
  return (
    <span className="flex">
      <SessionStatusWord row={row} />
    </span>
  );
}

function Wait({ row }: { row: ActivityRow }) {
  if (row.waitWords === null) return <span className="text-text-3">—</span>;
  return (
    <span className="text-text-2" title={row.waitWords}>
      {row.waitWords}
    </span>
  );
}

function Age({ row }: { row: ActivityRow }) {
  const tone = row.status === "waiting" ? "font-medium text-warn" : row.blocks > 0 && "font-medium text-bad";
  return (
    <span className={clsx(tone)}>
      <Duration value={row.ageSeconds} unknown="the login may not see it, or it never ran a statement" />
    </span>
  );
}

function Application({ row: { session } }: { row: ActivityRow }) {
  const isProcess = session.kind === "background" && session.backendType !== "client backend";
  const text = isProcess ? session.backendType : session.application;
  return (
    <span className="text-text-2" title={text ?? undefined}>
      {text}
    </span>
  );
}

function Query({ text }: { text: string }) {
  const oneLine = text.replace(/\s+/g, " ").trim();
  if (oneLine === "") return <span className="text-text-3">—</span>;
  return <span title={oneLine.slice(0, 300)}>{oneLine}</span>;
}

function Locks({ row }: { row: ActivityRow }) {
  if (row.blocks > 0) return <span className="font-medium text-bad">Blocks {row.blocks}</span>;
  return row.status === "waiting" ? <span className="text-warn">Waits</span> : null;
}
