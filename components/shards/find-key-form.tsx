"use client";
import { type FormEvent, useMemo, useState } from "react";
import { usePresent } from "@/components/live/past";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { StatusWord } from "@/components/ui/status-word";
import { type ClusterPicture, tableName } from "@/lib/domain/cluster-picture";
import { mayFindKey } from "@/lib/domain/find-key";
import { KINDS } from "@/lib/domain/group-columns";
import { ERROR_SENTENCES, type Problem } from "@/lib/errors";

type Props = {
  picture: ClusterPicture;
  /** The table's name and the value that were looked up last, as the address has them. */
  table: string | null;
  value: string | null;
  isPending: boolean;
  /** "on :55167" */
  answer: string | null;
  problem: Problem | null;
  onFind: (table: { oid: number; name: string }, value: string) => void;
  onClear: () => void;
};

/** Table and value: where does this key live. Any value leads to a shard; the row need not exist. */
export function FindKeyForm({ picture, table, value, isPending, answer, problem, onFind, onClear }: Props) {
  // Hundreds of tables: a key typed elsewhere on the screen is not to draw each of them again.
  const tables = useMemo(
    () => picture.topology.tables.filter((one) => mayFindKey(one).allowed && one.partitionOf === null),
    [picture],
  );
  const options = useMemo(
    () =>
      tables.map((one) => (
        <option key={one.oid} value={one.oid}>
          {tableName(picture, one.oid)}.{one.distributionColumn}
        </option>
      )),
    [picture, tables],
  );
  const named = tables.find((one) => tableName(picture, one.oid) === table);
  const [oid, setOid] = useState<number | undefined>(named?.oid);
  const [typed, setTyped] = useState(value ?? "");
  const first = firstDistributed(picture);
  const usual = tables.find((one) => one.oid === first) ?? tables[0];
  const chosen = tables.find((one) => one.oid === oid) ?? usual;
  const present = usePresent();
  const none = chosen ? undefined : "No table is distributed by hash, so no value leads to a shard.";
  const off = present.allowed ? none : present.because;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (chosen && !isPending && off === undefined)
      onFind({ oid: chosen.oid, name: tableName(picture, chosen.oid) }, typed);
  }
  return (
    <form onSubmit={submit} className="flex min-w-0 flex-wrap items-center gap-2" aria-label="Find key">
      <div className="flex h-7 min-w-0 items-center gap-1.5 rounded-2 border border-line-control bg-surface-1 pr-0.5 pl-2 font-mono text-12 focus-within:outline-2 focus-within:outline-focus">
        <Icon name="key" className="size-3.5 text-text-3" />
        <select
          aria-label="Table and distribution column"
          value={chosen?.oid ?? ""}
          onChange={(event) => setOid(Number(event.target.value))}
          className="h-6 min-w-0 max-w-52 rounded-1 bg-surface-1 text-text-2"
        >
          {options}
        </select>
        <span aria-hidden="true" className="text-text-3">
          =
        </span>
        <input
          aria-label="Value of the distribution column"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            onClear();
          }}
          placeholder="value"
          autoComplete="off"
          spellCheck={false}
          className="h-6 w-28 min-w-16 flex-1 bg-transparent outline-none placeholder:text-text-3"
        />
        <Button type="submit" size="sm" variant="quiet" busy={isPending} because={off}>
          Find
        </Button>
      </div>
      <span aria-live="polite" className="min-w-0 text-12">
        {problem && <Refusal problem={problem} />}
        {answer !== null && !problem && <StatusWord tone="ok">{answer}</StatusWord>}
      </span>
    </form>
  );
}

/** The table of the first shard group that is distributed. */
function firstDistributed({ groupColumns, groupAt }: ClusterPicture): number | undefined {
  const position = groupColumns.kinds.indexOf(KINDS.indexOf("distributed"));
  return position < 0 ? undefined : groupAt(position).tableOids[0];
}

/** The sentence itself where it says all; otherwise what kind of failure it is, too. */
function Refusal({ problem }: { problem: Problem }) {
  const known = problem.code === "bad_input" || problem.code === "pg_permission" || problem.code === "not_found";
  const text = known ? problem.detail : `${ERROR_SENTENCES[problem.code].title}. ${problem.detail}`;
  return (
    <StatusWord tone="bad" className="whitespace-normal!">
      {text}
    </StatusWord>
  );
}
