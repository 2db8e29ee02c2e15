import { GrowthCell } from "@/components/live/growth-cell";
import { NodeName } from "@/components/ui/node-name";
import { Bytes } from "@/components/ui/quantity";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { FILLS_SOON_DAYS, type Forecast } from "@/lib/domain/growth";
import { forecastRange, forecastText } from "@/lib/domain/growth-sentences";
import { endOf, type History } from "@/lib/domain/history";
import { diskForecast } from "@/lib/domain/history-growth";
import { addressOf, isCoordinator } from "@/lib/domain/node";
import { NO_DISK_STATS } from "@/lib/domain/node-facts";
import type { NodeRow } from "@/lib/domain/node-rows";
import { formatBytes } from "@/lib/format/bytes";
import { GROWTH_SPAN } from "@/lib/queries/history";
import { AmountText } from "./amount-text";

type Props = { rows: readonly NodeRow[]; bytes: History; free: History };

/** A row for each node that holds data of its own. */
export function GrowthTable({ rows, ...history }: Props) {
  return (
    <Table label="Growth of the nodes">
      <thead>
        <tr>
          <Th>Node</Th>
          <Th right>Bytes</Th>
          <Th right>Growth</Th>
          <Th right>Disk free</Th>
          <Th right>of</Th>
          <Th>Forecast</Th>
        </tr>
      </thead>
      <tbody>
        {rows
          .filter(({ node }) => node.role === "primary")
          .map((row) => (
            <GrowthRow key={row.node.id} row={row} {...history} />
          ))}
      </tbody>
    </Table>
  );
}

function GrowthRow({ row, bytes, free }: Omit<Props, "rows"> & { row: NodeRow }) {
  const { node, answer } = row;
  const facts = answer?.ok ? answer.value : null;
  const why = facts ? NO_DISK_STATS : "the node has not answered";
  return (
    <Tr>
      <Td>
        <NodeName nodeId={node.id} host={node.host} port={node.port} isCoordinator={isCoordinator(node)} />
      </Td>
      <Td right>
        <AmountText amount={row.bytes} format={formatBytes} />
      </Td>
      <Td right>
        <GrowthCell
          history={bytes}
          of={String(node.id)}
          name={addressOf(node)}
          span={GROWTH_SPAN}
          missing="no size of it is on record"
        />
      </Td>
      <Td right>
        <Bytes value={facts?.diskFreeBytes} unknown={why} />
      </Td>
      <Td right>
        <Bytes value={facts?.diskTotalBytes} unknown={why} />
      </Td>
      <Td>
        <ForecastCell forecast={diskForecast(node.id, free)} now={endOf(free)} />
      </Td>
    </Tr>
  );
}

function ForecastCell({ forecast, now }: { forecast: Forecast; now: number }) {
  const text = forecastText(forecast, now);
  if (forecast.kind !== "full") return <span className="text-text-3">{text}</span>;
  const range = forecastRange(forecast);
  return (
    <span>
      <span className={forecast.days < FILLS_SOON_DAYS ? "text-warn" : undefined}>{text}</span>
      {range !== null && <span className="block text-12 text-text-3">{range}</span>}
    </span>
  );
}
