import { NodeName } from "@/components/ui/node-name";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { isCoordinator } from "@/lib/domain/node";
import { type NodeRow, totalOf } from "@/lib/domain/node-rows";
import type { NodesAndHoldings } from "@/lib/domain/node-rules";
import { roleWord } from "@/lib/domain/node-state";
import { formatBytes } from "@/lib/format/bytes";
import { formatCount } from "@/lib/format/count";
import { AmountText } from "./amount-text";
import { CitusCell, ConnectionsCell, DiskCell, PostgresCell, ReachedCell } from "./fact-cells";
import type { OpenDialog } from "./node-dialog";
import { NodeMenu } from "./node-menu";
import { NodeStates } from "./node-states";

type Props = {
  rows: readonly NodeRow[];
  state: NodesAndHoldings;
  /** false: the nodes themselves were not asked yet, so nothing they would say is known. */
  areAsked: boolean;
  onOpen: (dialog: OpenDialog) => void;
};

/** The menu stays in view when the table is wider than its panel. */
const STICKY = "sticky right-0 bg-surface-1";

/** Shows what it is given: no fetching and no state, so a test can draw any cluster. */
export function NodesTable({ rows, state, areAsked, onOpen }: Props) {
  const shards = totalOf(rows, (row) => row.shards);
  const bytes = totalOf(rows, (row) => row.bytes);
  return (
    <Table label="Nodes of the cluster">
      <thead>
        <tr>
          <Th>Node</Th>
          <Th>Role</Th>
          <Th right>Group</Th>
          <Th>State</Th>
          <Th>Reachable</Th>
          <Th>New shards</Th>
          <Th right>Shards</Th>
          <Th right>Bytes</Th>
          <Th right>Connections</Th>
          <Th>PostgreSQL</Th>
          <Th>Citus</Th>
          <Th right>Disk free</Th>
          <Th className={STICKY}>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <NodeTableRow key={row.node.id} row={row} state={state} areAsked={areAsked} onOpen={onOpen} />
        ))}
      </tbody>
      <tfoot>
        <tr className="text-text-2 [&>td]:border-t [&>td]:border-b-0">
          <Td colSpan={6}>All primaries</Td>
          <Td right className="font-medium">
            <AmountText amount={shards} format={formatCount} />
          </Td>
          <Td right className="font-medium">
            <AmountText amount={bytes} format={formatBytes} />
          </Td>
          <Td colSpan={5} />
        </tr>
      </tfoot>
    </Table>
  );
}

function NodeTableRow({ row, state, areAsked, onOpen }: Omit<Props, "rows"> & { row: NodeRow }) {
  const { node, isUnderPrimary } = row;
  return (
    <Tr>
      <Td className={isUnderPrimary ? "pl-8!" : undefined}>
        <button
          type="button"
          onClick={() => onOpen({ kind: "details", node })}
          className="inline-flex min-h-6 items-center rounded-1 hover:underline"
        >
          <NodeName nodeId={node.id} host={node.host} port={node.port} isCoordinator={isCoordinator(node)} />
        </button>
      </Td>
      <Td>{roleWord(node)}</Td>
      <Td right>{node.groupId}</Td>
      <Td>
        <NodeStates states={row.states} />
      </Td>
      <Td>
        <ReachedCell row={row} areAsked={areAsked} />
      </Td>
      <Td>
        {node.role === "primary" ? (
          node.mayHoldShards ? (
            "open"
          ) : (
            "closed"
          )
        ) : (
          <span className="text-text-3">as primary</span>
        )}
      </Td>
      <Td right>
        <AmountText amount={row.shards} format={formatCount} />
      </Td>
      <Td right>
        <AmountText amount={row.bytes} format={formatBytes} />
      </Td>
      <Td right>
        <ConnectionsCell row={row} areAsked={areAsked} />
      </Td>
      <Td>
        <PostgresCell row={row} areAsked={areAsked} />
      </Td>
      <Td>
        <CitusCell row={row} areAsked={areAsked} />
      </Td>
      <Td right>
        <DiskCell row={row} areAsked={areAsked} />
      </Td>
      <Td right className={STICKY}>
        <NodeMenu node={node} state={state} onOpen={onOpen} />
      </Td>
    </Tr>
  );
}
