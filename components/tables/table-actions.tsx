import { useBecause } from "@/components/live/access";
import { Button } from "@/components/ui/button";
import { ALLOWED, refused, type Verdict } from "@/lib/domain/cluster";
import { verdictOf } from "@/lib/domain/distribute-note";
import { mayBeDistributed } from "@/lib/domain/distribute-recommend";
import { againstTable } from "@/lib/domain/distribute-table-rules";
import type { TableFacts } from "@/lib/domain/table-facts";
import type { TableRow } from "@/lib/domain/table-rows";
import type { OpenDialog } from "./table-dialog";

type Props = { row: TableRow; facts: TableFacts | null; onAct: (kind: OpenDialog["kind"]) => void };

/** What can be done with a table of this kind. The dialogs look closer; what is out of the question is said here. */
export function TableActions({ row, facts, onAct }: Props) {
  const becauseDistribute = useBecause("table:distribute", facts ? mayBeDistributed(facts) : READING);
  const becauseReference = useBecause("table:distribute", facts ? verdictOf(againstTable(facts)) : READING);
  const becauseBack = useBecause("table:undistribute", mayGoBack(row));
  const canBecome = row.kind === "plain" || row.kind === "local";
  return (
    <div className="flex flex-wrap gap-2">
      {canBecome && (
        <>
          <Button icon="split" because={becauseDistribute} onClick={() => onAct("distribute")}>
            Distribute…
          </Button>
          <Button icon="copy" because={becauseReference} onClick={() => onAct("reference")}>
            Make reference table…
          </Button>
        </>
      )}
      {row.kind !== "plain" && (
        <Button variant="danger" because={becauseBack} onClick={() => onAct("undistribute")}>
          Undistribute…
        </Button>
      )}
    </div>
  );
}

const READING = refused("The table is being looked at.");

function mayGoBack(row: TableRow): Verdict {
  if (row.kind !== "schema") return ALLOWED;
  return refused(
    `The tables of the distributed schema ${row.schema} are undistributed together, with citus_schema_undistribute('${row.schema}').`,
  );
}
