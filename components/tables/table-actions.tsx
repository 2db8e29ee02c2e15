import { Button } from "@/components/ui/button";
import { verdictOf } from "@/lib/domain/distribute-note";
import { mayBeDistributed } from "@/lib/domain/distribute-recommend";
import { againstTable } from "@/lib/domain/distribute-table-rules";
import type { TableFacts } from "@/lib/domain/table-facts";
import type { TableRow } from "@/lib/domain/table-rows";
import type { OpenDialog } from "./table-dialog";

type Props = { row: TableRow; facts: TableFacts | null; onAct: (kind: OpenDialog["kind"]) => void };

/** What can be done with a table of this kind. The dialogs look closer; what is out of the question is said here. */
export function TableActions({ row, facts, onAct }: Props) {
  const canBecome = row.kind === "plain" || row.kind === "local";
  return (
    <div className="flex flex-wrap gap-2">
      {canBecome && (
        <>
          <Button
            icon="split"
            because={facts ? becauseOf(mayBeDistributed(facts)) : READING}
            onClick={() => onAct("distribute")}
          >
            Distribute…
          </Button>
          <Button
            icon="copy"
            because={facts ? becauseOf(verdictOf(againstTable(facts))) : READING}
            onClick={() => onAct("reference")}
          >
            Make reference table…
          </Button>
        </>
      )}
      {row.kind !== "plain" && (
        <Button variant="danger" because={whyNotBack(row)} onClick={() => onAct("undistribute")}>
          Undistribute…
        </Button>
      )}
    </div>
  );
}

const READING = "The table is being looked at.";

function becauseOf(verdict: { allowed: true } | { allowed: false; because: string }): string | undefined {
  return verdict.allowed ? undefined : verdict.because;
}

function whyNotBack(row: TableRow): string | undefined {
  if (row.kind !== "schema") return undefined;
  return `The tables of the distributed schema ${row.schema} are undistributed together, with citus_schema_undistribute('${row.schema}').`;
}
