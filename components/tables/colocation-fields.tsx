"use client";
import { Select } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-field";
import type { ColocateWith } from "@/lib/domain/distribute-choice";
import { groupByDefault } from "@/lib/domain/distribute-colocation";
import { targetsFor } from "@/lib/domain/distribute-recommend";
import { type Preflight, tablesOfGroup } from "@/lib/domain/distribute-surroundings";
import type { TableColumn } from "@/lib/domain/table-facts";
import { choiceOf, type Draft } from "./distribute-draft";

type Props = Preflight & { column: TableColumn; draft: Draft; onChange: (draft: Draft) => void };

/** Beside which tables, and in how many shards. Only tables of equal type and collation are offered: others cannot match. */
export function ColocationFields({ table, around, column, draft, onChange }: Props) {
  const targets = targetsFor(table, column, around);
  const choice = choiceOf(draft);
  const joins = groupByDefault(column, choice?.shardCount ?? around.shardCount, around);
  const options = [
    {
      value: "default",
      label: `Citus' default: ${joins ? `joins ${tablesOfGroup(around, joins.id)}` : "a new group"}`,
    },
    { value: "none", label: "None: a group of its own" },
    ...targets.map((target) => ({ value: String(target.oid), label: `With ${target.name}` })),
  ];
  return (
    <div className="grid gap-2.5">
      <Select
        label="Colocate"
        value={valueOfColocation(draft.colocateWith)}
        options={options}
        onChange={(value) => onChange({ ...draft, colocateWith: colocationOf(value) })}
        className="w-full max-w-[560px]"
      />
      {draft.colocateWith.kind === "table" ? (
        <p className="text-12 text-text-2">The shard count is that of the table it is colocated with.</p>
      ) : (
        <TextField
          label="Shard count"
          inputMode="numeric"
          value={draft.shardCount}
          placeholder={String(around.shardCount)}
          onChange={(shardCount) => onChange({ ...draft, shardCount })}
          hint={`Empty: citus.shard_count, ${around.shardCount}.`}
          error={choice === null ? `"${draft.shardCount}" is no whole number. Citus takes 1 to 64 000.` : undefined}
          className="w-64"
        />
      )}
    </div>
  );
}

function valueOfColocation(colocateWith: ColocateWith): string {
  return colocateWith.kind === "table" ? String(colocateWith.oid) : colocateWith.kind;
}

function colocationOf(value: string): ColocateWith {
  return value === "default" || value === "none" ? { kind: value } : { kind: "table", oid: Number(value) };
}
