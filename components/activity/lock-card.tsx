import clsx from "clsx";
import { Icon } from "@/components/ui/icon";
import type { Session } from "@/lib/domain/activity";
import { ageOf, statusOf, waitersOf } from "@/lib/domain/activity";
import { type ActivityPicture, isItself } from "@/lib/domain/activity-rows";
import { isSession, type PartyKey, waitOf } from "@/lib/domain/lock-graph";
import type { ClusterNode } from "@/lib/domain/node";
import { lockWords, statusWords } from "@/lib/domain/session-sentences";
import { formatDuration } from "@/lib/format/duration";
import { CARD, type Placed } from "./lock-layout";
import { SessionNode } from "./session-node";

type Props = {
  picture: ActivityPicture;
  nodes: readonly ClusterNode[];
  placed: Placed;
  width: number;
  isRoot: boolean;
  isChosen: boolean;
  onChoose: (party: PartyKey) => void;
};

/** One party of the graph. A root's edge is red: ending it is what helps. */
export function LockCard({ picture, nodes, placed, width, isRoot, isChosen, onChoose }: Props) {
  const { party, x, y } = placed;
  const session = isSession(party) ? picture.sessionOf(party) : undefined;
  const look = clsx(
    "absolute flex flex-col gap-px overflow-hidden rounded-3 border bg-surface-1 px-2.5 py-2 text-left text-11",
    isRoot ? "border-[1.5px] border-bad" : "border-line-strong",
    isChosen && "bg-accent-weak!",
  );
  const place = { left: x, top: y, width, height: CARD.height };
  const content = <Content picture={picture} nodes={nodes} party={party} session={session} isRoot={isRoot} />;
  if (!isSession(party))
    return (
      <div className={look} style={place}>
        {content}
      </div>
    );
  return (
    <button type="button" aria-pressed={isChosen} className={look} style={place} onClick={() => onChoose(party)}>
      {content}
    </button>
  );
}

type ContentProps = Omit<Props, "placed" | "width" | "isChosen" | "onChoose"> & {
  party: PartyKey;
  session: Session | undefined;
};

function Content({ picture, nodes, party, session, isRoot }: ContentProps) {
  const words = wordsOf(picture, party, session, isRoot);
  return (
    <>
      <span className="flex items-center gap-2 text-12">
        <span className="min-w-0 flex-1 truncate font-medium font-mono">
          {isSession(party) ? party : "prepared transaction"}
        </span>
        {session && <SessionNode nodeId={session.nodeId} nodes={nodes} />}
      </span>
      <span className={clsx("flex items-center gap-1 truncate font-medium text-12", isRoot ? "text-bad" : "text-warn")}>
        <Icon name={isRoot ? "lock" : "waiting"} className="size-3" />
        <span className="truncate" title={words}>
          {words}
        </span>
      </span>
      <span className="truncate font-mono text-text-2" title={session?.query.slice(0, 300)}>
        {session?.query.replace(/\s+/g, " ") || party.replace(/^prepared \d+ /, "")}
      </span>
      <span className="truncate text-text-3">{session ? whoseWords(session) : silentWords(party)}</span>
    </>
  );
}

function whoseWords(session: Session): string {
  // Only a connection it has elsewhere is listed: its own node did not answer, and with it who it is.
  if (!isItself(session)) return `${session.user ?? "nobody"}; its own node does not list it`;
  return [session.user, session.application, session.client].filter(Boolean).join(", ");
}

function silentWords(party: PartyKey): string {
  return isSession(party)
    ? "Its node does not list it."
    : "It belongs to no session: commit or roll it back by its name.";
}

/** "waits 48 s: row of public.orders_102051", "root: idle in transaction 6 min 12 s". */
function wordsOf(
  { activity, graph }: ActivityPicture,
  party: PartyKey,
  session: Session | undefined,
  isRoot: boolean,
): string {
  const wait = waitOf(graph, party);
  if (wait) {
    const { waitSeconds, lock } = wait.longest.wait;
    const long = waitSeconds === null ? "waits" : `waits ${formatDuration(waitSeconds)}`;
    const object = lockWords(lock);
    return object === null ? long : `${long}: ${object}`;
  }
  const lead = isRoot ? "root: " : "";
  if (!session) return `${lead}${isSession(party) ? "not visible" : "prepared, and never finished"}`;
  const status = statusOf(session, waitersOf(activity.waits));
  const age = ageOf(session, status);
  return `${lead}${statusWords(status)}${age === null ? "" : ` ${formatDuration(age)}`}`;
}
