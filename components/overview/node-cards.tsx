import type { ReactNode } from "react";
import { Bar } from "@/components/ui/bar";
import { nodeColour } from "@/components/ui/node-colour";
import { NodeName } from "@/components/ui/node-name";
import { StatusWord } from "@/components/ui/status-word";
import type { Tone } from "@/components/ui/tone";
import { Unknown } from "@/components/ui/unknown";
import { heldOf, type NodeLoad } from "@/lib/domain/balance";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import type { FindingFacts } from "@/lib/domain/finding";
import { addressOf, type ClusterNode, isCoordinator } from "@/lib/domain/node";
import type { NodeFacts } from "@/lib/domain/node-facts";
import { worstLagOf } from "@/lib/domain/replication-lag";
import { formatBytes } from "@/lib/format/bytes";
import { formatCount } from "@/lib/format/count";
import { formatDuration } from "@/lib/format/duration";

/** Bars of lag end here; a longer lag is full. */
const LAG_FULL_SECONDS = 10;
const LAG_TOLD_SECONDS = 1;
const CARDS = 10;

type Props = { picture: ClusterPicture; facts: FindingFacts };

/** One column per node: what it holds, how far its standbys are behind, how many connections it has left. */
export function NodeCards({ picture, facts }: Props) {
  const loads = heldOf(picture);
  const most = {
    shards: Math.max(1, ...loads.map((load) => load.shards)),
    bytes: Math.max(1, ...loads.map((load) => load.bytes)),
  };
  const shown = loads.slice(0, CARDS);
  return (
    <section
      aria-label="Nodes"
      className="grid grid-cols-[repeat(auto-fit,minmax(190px,1fr))] gap-px overflow-hidden rounded-3 border border-line bg-surface-1"
    >
      {shown.map((load) => (
        <NodeCard key={load.node.id} load={load} most={most} picture={picture} facts={facts} />
      ))}
      {loads.length > CARDS && (
        <p className="px-3.5 py-3 text-12 text-text-2">{`and ${loads.length - CARDS} more nodes`}</p>
      )}
    </section>
  );
}

function NodeCard({ load, most, picture, facts }: Props & { load: NodeLoad; most: { shards: number; bytes: number } }) {
  const { node } = load;
  const answer = facts.nodeFacts?.answers.find((one) => one.nodeId === node.id);
  const told = answer?.ok ? answer.value : null;
  const silence = answer && !answer.ok ? answer.problem.detail : "not read yet";
  const lag = facts.replication && worstLagOf(facts.replication, node.id);
  const isSilent = picture.silent.some((one) => one.id === node.id);
  return (
    <article className="px-3.5 pt-2.5 pb-3 shadow-[0_0_0_1px_var(--line)]" aria-label={`Node ${addressOf(node)}`}>
      <header className="mb-1.5 flex h-5 items-center justify-between gap-2 text-12">
        <NodeName nodeId={node.id} host={node.host} port={node.port} isCoordinator={isCoordinator(node)} />
        <NodeState node={node} isSilent={answer !== undefined && !answer.ok} isEmpty={load.groups === 0} />
      </header>
      <dl className="grid grid-cols-[auto_minmax(24px,1fr)_auto] items-center gap-x-2 gap-y-0.5 text-12">
        <Measure name="Shards" fraction={load.shards / most.shards} colour={nodeColour(node.id, isCoordinator(node))}>
          {formatCount(load.shards)}
        </Measure>
        <Measure name="Bytes" fraction={load.bytes / most.bytes} colour={nodeColour(node.id, isCoordinator(node))}>
          {isSilent || !picture.isMeasured ? (
            <Unknown because="this node did not report its shard sizes" />
          ) : (
            formatBytes(load.bytes)
          )}
        </Measure>
        <Measure
          name="Replay lag"
          fraction={(lag ?? 0) / LAG_FULL_SECONDS}
          colour={lag && lag > LAG_TOLD_SECONDS ? "var(--warn)" : "var(--text-3)"}
        >
          {lag === null ? (
            <Unknown because="no standby of this node is streaming, or it did not answer" />
          ) : (
            <span className={lag > LAG_TOLD_SECONDS ? "text-warn" : ""}>{formatDuration(lag)}</span>
          )}
        </Measure>
        <Connections told={told} silence={silence} />
      </dl>
    </article>
  );
}

function Connections({ told, silence }: { told: NodeFacts | null; silence: string }) {
  return (
    <Measure name="Connections" fraction={told ? told.connectionsUsed / told.connectionsMax : 0} colour="var(--text-3)">
      {told ? (
        <>
          {told.connectionsUsed} <span className="text-text-3">/ {told.connectionsMax}</span>
        </>
      ) : (
        <Unknown because={silence} />
      )}
    </Measure>
  );
}

type MeasureProps = { name: string; fraction: number; colour: string; children: ReactNode };

function Measure({ name, fraction, colour, children }: MeasureProps) {
  return (
    <div className="col-span-3 grid grid-cols-subgrid items-center">
      <dt className="text-text-2">{name}</dt>
      <Bar fraction={fraction} colour={colour} />
      <dd className="text-right">{children}</dd>
    </div>
  );
}

function NodeState({ node, isSilent, isEmpty }: { node: ClusterNode; isSilent: boolean; isEmpty: boolean }) {
  const [tone, word] = stateOf(node, isSilent, isEmpty);
  if (tone === "muted") return <span className="text-text-3">{word}</span>;
  return <StatusWord tone={tone}>{word}</StatusWord>;
}

function stateOf(node: ClusterNode, isSilent: boolean, isEmpty: boolean): [Tone, string] {
  if (isSilent) return ["bad", "silent"];
  if (node.isClone) return ["info", "clone"];
  if (!node.isActive) return ["warn", "inactive"];
  if (node.hasMetadata && !node.metadataSynced) return ["warn", "not in sync"];
  if (isCoordinator(node)) return ["muted", "coordinator"];
  if (!node.mayHoldShards) return ["info", "closed"];
  return isEmpty ? ["info", "empty"] : ["ok", "healthy"];
}
