import type { ReactNode } from "react";
import { TitledPanel } from "@/components/ui/panel";
import { Duration } from "@/components/ui/quantity";
import { SqlBlock } from "@/components/ui/sql-block";
import { Unknown } from "@/components/ui/unknown";
import type { Session } from "@/lib/domain/activity";
import type { ActivityPicture } from "@/lib/domain/activity-rows";
import type { GlobalPid } from "@/lib/domain/global-pid";
import type { ClusterNode } from "@/lib/domain/node";
import { countOf } from "@/lib/format/count";
import { SessionNode } from "./session-node";

type Props = { picture: ActivityPicture; gpid: GlobalPid; nodes: readonly ClusterNode[] };

/** One session in full: who, since when, with which connections to other nodes, and the whole statement. */
export function SessionPanel({ picture, gpid, nodes }: Props) {
  const session = picture.sessionOf(gpid);
  if (!session) return null;
  const elsewhere = picture.activity.sessions.filter((one) => one.globalPid === gpid && one.key !== session.key);
  return (
    <TitledPanel title="Session" note={<span className="font-mono">{gpid}</span>}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 p-3">
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-12">
          <Fact name="Node">
            <SessionNode nodeId={session.nodeId} nodes={nodes} />{" "}
            <span className="font-mono text-text-3">pid {session.pid}</span>
          </Fact>
          <Fact name="User">{userOf(session)}</Fact>
          <Fact name="Client">{session.client ?? "local socket"}</Fact>
          <Fact name="Transaction">
            <Duration value={session.transactionSeconds} unknown="none is open" />
          </Fact>
          <Fact name="Statement">
            <Duration value={session.querySeconds} unknown="it never ran one, or the login may not see it" />
            {session.querySeconds !== null && " ago"}
          </Fact>
          <Fact name="Backends">
            {elsewhere.length === 0 ? "none on other nodes" : <Backends sessions={elsewhere} nodes={nodes} />}
          </Fact>
        </dl>
        {session.query === "" ? (
          <p className="text-12 text-text-2">No statement is known of it.</p>
        ) : (
          <SqlBlock title={session.state === "active" ? "Runs now" : "Ran last"} sql={session.query} />
        )}
        {session.queryCut && (
          <p className="text-12 text-text-3">
            The text is cut: PostgreSQL keeps track_activity_query_size bytes of a statement, the console the first 4
            kB.
          </p>
        )}
      </div>
    </TitledPanel>
  );
}

function userOf({ user, application, database }: Session): ReactNode {
  if (user === null) return <Unknown because="it runs as nobody" />;
  return (
    <>
      {user}{" "}
      <span className="text-text-3">{[application, database && `in ${database}`].filter(Boolean).join(", ")}</span>
    </>
  );
}

function Backends({ sessions, nodes }: { sessions: readonly Session[]; nodes: readonly ClusterNode[] }) {
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-0.5">
      <span className="sr-only">{countOf(sessions.length, "connection")} on other nodes:</span>
      {sessions.map((one) => (
        <span key={one.key} title={one.query}>
          <SessionNode nodeId={one.nodeId} nodes={nodes} />{" "}
          <span className="text-text-3">{one.waitEventType === "Lock" ? "waits" : one.state}</span>
        </span>
      ))}
    </span>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
