"use client";
import { DialogSection } from "@/components/ui/dialog";
import type { DistributeChoice } from "@/lib/domain/distribute-choice";
import { columnOptions, recommendedColocation } from "@/lib/domain/distribute-recommend";
import type { Preflight } from "@/lib/domain/distribute-surroundings";
import { ColocationFields } from "./colocation-fields";
import { ColumnPicker } from "./column-picker";
import type { Draft } from "./distribute-draft";

type Props = Preflight & {
  draft: Draft;
  recommended: DistributeChoice | null;
  onChange: (draft: Draft) => void;
};

/** Column first: it decides with whom the table can be colocated. */
export function DistributeForm({ table, around, draft, recommended, onChange }: Props) {
  const options = columnOptions(table, around);
  const chosen = table.columns.find((column) => column.name === draft.column);
  function chooseColumn(name: string) {
    const column = table.columns.find((candidate) => candidate.name === name);
    if (!column) return;
    onChange({ ...draft, column: name, colocateWith: recommendedColocation(table, column, around) });
  }
  return (
    <>
      <DialogSection title="Distribution column">
        <ColumnPicker
          options={options}
          value={draft.column}
          recommended={recommended?.column ?? null}
          onChange={chooseColumn}
        />
      </DialogSection>
      {chosen && (
        <DialogSection title="Colocation">
          <ColocationFields table={table} around={around} column={chosen} draft={draft} onChange={onChange} />
        </DialogSection>
      )}
    </>
  );
}
