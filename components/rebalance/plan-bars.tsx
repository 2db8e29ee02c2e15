import { nodeColour } from "@/components/ui/node-colour";
import { NodeMark } from "@/components/ui/node-name";
import { Bytes } from "@/components/ui/quantity";
import { SrOnly } from "@/components/ui/sr-only";
import { type ClusterNode, isCoordinator } from "@/lib/domain/node";
import { shortNames } from "@/lib/domain/node-names";
import type { RebalancePlan } from "@/lib/domain/rebalance";

type Props = { plan: Pick<RebalancePlan, "nodes">; nodes: readonly ClusterNode[] };

/** What each node holds now (pale) and after the plan (full), on one scale. */
export function PlanBars({ plan, nodes }: Props) {
  const names = shortNames(nodes);
  const top = Math.max(1, ...plan.nodes.flatMap((node) => [node.bytes ?? 0, node.bytesAfter ?? 0]));
  return (
    <ul className="grid gap-1.5 text-11" aria-label="Bytes per node now and after">
      {plan.nodes.map((load) => {
        const node = nodes.find((candidate) => candidate.id === load.nodeId);
        const colour = nodeColour(load.nodeId, node !== undefined && isCoordinator(node));
        return (
          <li key={load.nodeId} className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-2">
            <span className="inline-flex items-center gap-1 font-mono text-text-2">
              <NodeMark nodeId={load.nodeId} isCoordinator={node !== undefined && isCoordinator(node)} />
              {names.get(load.nodeId) ?? `node ${load.nodeId}`}
            </span>
            <span aria-hidden="true" className="grid gap-px" data-ink="">
              <Amount share={(load.bytes ?? 0) / top} colour={colour} isPale />
              <Amount share={(load.bytesAfter ?? 0) / top} colour={colour} />
            </span>
            <span className="whitespace-nowrap text-text-2">
              <Bytes value={load.bytes} unknown="this node did not report its shard sizes" /> →{" "}
              <strong className="font-semibold text-text-1">
                <Bytes value={load.bytesAfter} unknown="this node did not report its shard sizes" />
              </strong>
              <SrOnly>
                , {load.groups} → {load.groupsAfter} shard groups
              </SrOnly>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Amount({ share, colour, isPale = false }: { share: number; colour: string; isPale?: boolean }) {
  const fill = isPale ? `color-mix(in srgb, ${colour} 26%, transparent)` : colour;
  return (
    <i
      className={isPale ? "block h-1.5 rounded-1 border" : "block h-2 rounded-1"}
      style={{ width: `max(2px, ${share * 100}%)`, backgroundColor: fill, borderColor: colour }}
    />
  );
}
