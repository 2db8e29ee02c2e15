"use client";
import Link from "next/link";
import { Chip } from "@/components/ui/chip";
import { Freshness } from "@/components/ui/freshness";
import { StatusWord } from "@/components/ui/status-word";
import { type FleetAlarm, type FleetCluster, fleetAlarms, fleetJob, fleetNodes } from "@/lib/domain/fleet";
import { versionLine } from "@/lib/domain/health";
import { ERROR_SENTENCES } from "@/lib/errors";
import { lowerFirst } from "@/lib/format/lower-first";
import { routes } from "@/lib/routes";
import { useFleetFacts } from "./use-fleet-facts";

/** One cluster: its colour and name, whether it is well, what runs there, and how old that knowledge is. The whole row leads in. */
export function FleetRow({ cluster }: { cluster: FleetCluster }) {
  const { label, coordinators, role } = cluster;
  const { facts, readAt, isConsoleSilent } = useFleetFacts(label.id);
  const alarms = fleetAlarms(facts, label);
  const job = fleetJob(facts.jobs);
  const { health, problem } = facts;
  return (
    <li className="relative grid grid-cols-[minmax(0,1.5fr)_minmax(0,1.1fr)_minmax(0,1.6fr)_12rem] items-center gap-x-5 gap-y-1 py-3 pr-4 pl-5 hover:bg-surface-2 max-md:grid-cols-1">
      <span
        aria-hidden="true"
        className="absolute inset-y-0 left-0 w-1 bg-cluster"
        style={label.colour === null ? undefined : { background: label.colour }}
      />
      <span className="min-w-0">
        {/* Stretched over the row: one target for the pointer, one stop for the keyboard. */}
        <Link
          href={routes.overview(label.id)}
          className="font-semibold normal-nums text-text-1 no-underline after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
        >
          {label.name}
        </Link>
        <span className="ml-2 inline-flex gap-1 align-middle">
          <Chip>{role}</Chip>
          {label.isReadOnly && <Chip>read-only</Chip>}
        </span>
        <span className="block truncate font-mono text-11 text-text-3" title={coordinators}>
          {coordinators}
        </span>
      </span>
      <span className="min-w-0 text-12">
        <span className="block truncate">{health ? versionLine(health) : "version not read yet"}</span>
        <span className="block truncate text-text-3">Nodes: {fleetNodes(facts.nodes, facts.nodeFacts) ?? "—"}</span>
      </span>
      <span className="min-w-0 text-12" aria-live="polite">
        <State alarms={alarms} isRead={health !== null && facts.nodeFacts !== null} isConsoleSilent={isConsoleSilent} />
        {job !== null && (
          <span className="block">
            <StatusWord tone="running">{job}</StatusWord>
          </span>
        )}
      </span>
      <span className="flex min-w-0 justify-end max-md:justify-start">
        {readAt === null && (problem || isConsoleSilent) ? (
          <StatusWord tone="muted" className="text-12">
            never read
          </StatusWord>
        ) : (
          <Freshness at={readAt} because={reasonOf(isConsoleSilent, problem && ERROR_SENTENCES[problem.code].title)} />
        )}
      </span>
    </li>
  );
}

function reasonOf(isConsoleSilent: boolean, title: string | null): string | undefined {
  if (isConsoleSilent) return "the console's own server does not answer";
  return title === null ? undefined : lowerFirst(title);
}

type StateProps = { alarms: readonly FleetAlarm[]; isRead: boolean; isConsoleSilent: boolean };

/** The first alarm and how many more there are; without any, that all is well. Nothing is claimed before it was read. */
function State({ alarms, isRead, isConsoleSilent }: StateProps) {
  const [first, ...more] = alarms;
  if (isConsoleSilent) return <StatusWord tone="warn">The console's own server does not answer</StatusWord>;
  if (first)
    return (
      <span className="block" title={alarms.map((alarm) => alarm.text).join("; ")}>
        <StatusWord tone={first.tone} className="whitespace-normal">
          {first.text}
        </StatusWord>
        {more.length > 0 && <span className="ml-1 text-text-3">and {more.length} more</span>}
      </span>
    );
  return isRead ? (
    <StatusWord tone="ok">Every node answers</StatusWord>
  ) : (
    <StatusWord tone="muted" icon="waiting">
      Not read yet
    </StatusWord>
  );
}
