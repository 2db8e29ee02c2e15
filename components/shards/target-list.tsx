import { useId } from "react";
import { BeforeAfterCells, BeforeAfterTable } from "@/components/change/before-after";
import { DialogSection } from "@/components/ui/dialog";
import { NodeName } from "@/components/ui/node-name";
import { Bytes } from "@/components/ui/quantity";
import { Td, Tr } from "@/components/ui/table";
import type { MoveTarget } from "@/lib/domain/move-targets";
import { addressOf, isCoordinator, type NodeId } from "@/lib/domain/node";

type Props = {
  title: string;
  targets: readonly MoveTarget[];
  chosen: NodeId | null;
  onChoose: (nodeId: NodeId) => void;
};

/** Every node of the cluster: those that may take the group, with what they hold before and after, and of the others why not. */
export function TargetList({ title, targets, chosen, onChoose }: Props) {
  const name = useId();
  const largest = Math.max(1, ...targets.map((target) => target.bytesAfter ?? target.bytes ?? 0));
  return (
    <DialogSection title={title} bleed>
      <BeforeAfterTable label={title} hasDisk>
        {targets.map((target) => (
          <Target
            key={target.node.id}
            name={name}
            target={target}
            largest={largest}
            isChosen={target.node.id === chosen}
            onChoose={() => onChoose(target.node.id)}
          />
        ))}
      </BeforeAfterTable>
    </DialogSection>
  );
}

type TargetProps = { name: string; target: MoveTarget; largest: number; isChosen: boolean; onChoose: () => void };

function Target({ name, target, largest, isChosen, onChoose }: TargetProps) {
  const { node, verdict } = target;
  const reasonId = useId();
  return (
    <Tr className={verdict.allowed ? (isChosen ? "bg-accent-weak" : undefined) : "text-text-3"}>
      <Td>
        <label className="flex cursor-pointer items-center gap-2 has-disabled:cursor-default">
          <input
            type="radio"
            name={name}
            aria-label={addressOf(node)}
            checked={isChosen}
            disabled={!verdict.allowed}
            onChange={onChoose}
            className="accent-accent"
            {...(!verdict.allowed && { "aria-describedby": reasonId })}
          />
          <NodeName nodeId={node.id} host={node.host} port={node.port} isCoordinator={isCoordinator(node)} />
        </label>
      </Td>
      {verdict.allowed ? (
        <Amounts target={target} largest={largest} />
      ) : (
        <Td colSpan={5} id={reasonId}>
          {verdict.because}
        </Td>
      )}
    </Tr>
  );
}

function Amounts({ target, largest }: { target: MoveTarget; largest: number }) {
  const { node, groups, bytes, bytesAfter, diskFreeAfter } = target;
  return (
    <>
      <BeforeAfterCells
        node={node}
        now={{ groups, bytes }}
        after={{ groups: groups + 1, bytes: bytesAfter }}
        largest={largest}
      />
      <Td right>
        <Bytes value={diskFreeAfter} unknown="the node did not tell how full its disk is" />
      </Td>
    </>
  );
}
