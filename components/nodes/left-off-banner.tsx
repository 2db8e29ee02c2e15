import { useBecause } from "@/components/live/access";
import { Button } from "@/components/ui/button";
import { isLeftOff, leftOffSentence } from "@/lib/domain/drain-left-off";
import { addressOf, type ClusterNode } from "@/lib/domain/node";
import { mayDrain, mayOpen, type NodesAndHoldings } from "@/lib/domain/node-rules";
import type { OpenDialog } from "./node-dialog";

type Props = { state: NodesAndHoldings; onOpen: (dialog: OpenDialog) => void };

/** A drain that did not come to its end, with both ways on: back to where it was, or to its end. Nothing while a job is open. */
export function LeftOffBanner({ state, onOpen }: Props) {
  const nodes = state.nodes.filter((node) => isLeftOff(node, state.holdings));
  if (nodes.length === 0 || state.openJobId !== null) return null;
  return (
    <div role="status" className="grid gap-2 rounded-2 border border-warn bg-warn-weak px-3 py-2 text-12">
      <p>{leftOffSentence(nodes)}</p>
      {nodes.map((node) => (
        <WaysOn key={node.id} node={node} state={state} onOpen={onOpen} />
      ))}
    </div>
  );
}

function WaysOn({ node, state, onOpen }: Props & { node: ClusterNode }) {
  const backBecause = useBecause("node:setMayHoldShards", mayOpen(node));
  const onBecause = useBecause("node:drain", mayDrain(node, state));
  return (
    <p className="flex flex-wrap items-center gap-2">
      <span className="font-mono">{addressOf(node)}</span>
      <Button size="sm" because={backBecause} onClick={() => onOpen({ kind: "open", node })}>
        Open it again…
      </Button>
      <Button size="sm" because={onBecause} onClick={() => onOpen({ kind: "drain", node })}>
        Go on draining…
      </Button>
    </p>
  );
}
