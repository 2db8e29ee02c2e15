import { Bar } from "@/components/ui/bar";
import { TitledPanel } from "@/components/ui/panel";
import { Bytes, Percent } from "@/components/ui/quantity";
import { StatusWord } from "@/components/ui/status-word";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { ClusterNode } from "@/lib/domain/node";
import { fractionOfLimit, type Slot, slotTrouble } from "@/lib/domain/replication";
import { formatDuration } from "@/lib/format/duration";
import { OfNode } from "./standby-cells";

type Props = { slots: readonly Slot[]; nodes: readonly ClusterNode[]; isMoving: boolean };

const PURPOSES = { "shard-move": "a shard move", "shard-split": "a shard split" } as const;

/** What each primary keeps for whom: a slot that nobody uses keeps WAL until its limit, or until the disk is full. */
export function SlotsPanel({ slots, nodes, isMoving }: Props) {
  if (slots.length === 0) return null;
  return (
    <TitledPanel title="Replication slots" note="each keeps WAL until its receiver has it" className="flex-none">
      <Table label="Replication slots">
        <thead>
          <tr>
            <Th>Slot</Th>
            <Th>On</Th>
            <Th>Kind</Th>
            <Th>In use</Th>
            <Th right>WAL kept</Th>
            <Th className="w-44">Of its limit</Th>
          </tr>
        </thead>
        <tbody>
          {slots.map((slot) => (
            <Tr key={`${slot.nodeId} ${slot.name}`}>
              <Td>
                <span className="font-mono">{slot.name}</span>
                {slot.purpose && <span className="text-text-3"> of {PURPOSES[slot.purpose]}</span>}
              </Td>
              <Td>
                <OfNode nodeId={slot.nodeId} nodes={nodes} />
              </Td>
              <Td>{slot.database === null ? slot.kind : `${slot.kind}, ${slot.database}`}</Td>
              <Td>
                <span className="flex">
                  <InUse slot={slot} isMoving={isMoving} />
                </span>
              </Td>
              <Td right>
                <Bytes value={slot.keptBytes} unknown="it has reserved no WAL, or lost it" />
              </Td>
              <Td>
                <OfLimit slot={slot} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TitledPanel>
  );
}

function InUse({ slot, isMoving }: { slot: Slot; isMoving: boolean }) {
  const trouble = slotTrouble(slot, isMoving);
  if (trouble === "lost") return <StatusWord tone="bad">WAL lost</StatusWord>;
  if (trouble === "near-limit") return <StatusWord tone="warn">near its limit</StatusWord>;
  if (slot.isActive) return "yes";
  const since = slot.inactiveSeconds === null ? "" : ` for ${formatDuration(slot.inactiveSeconds)}`;
  // Without WAL of its own an unused slot costs nothing.
  if (trouble === null) return `no${since}`;
  return <StatusWord tone="warn">{`no${since}`}</StatusWord>;
}

function OfLimit({ slot }: { slot: Slot }) {
  const fraction = fractionOfLimit(slot);
  if (fraction === null)
    return <span className="text-text-3">{slot.limitBytes === null ? "no limit but the disk" : "—"}</span>;
  const isNear = slotTrouble(slot) !== null;
  return (
    <span className="flex items-center gap-2">
      <Bar fraction={fraction} colour={isNear ? "var(--warn)" : "var(--text-3)"} className="flex-1" />
      <span className="w-10 text-right text-text-3">
        <Percent value={fraction} unknown="the slot has no limit" />
      </span>
    </span>
  );
}
