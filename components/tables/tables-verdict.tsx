import { NoteLines } from "@/components/ui/note-lines";
import { Panel } from "@/components/ui/panel";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { listOf } from "@/lib/domain/node-names";
import type { TableRow } from "@/lib/domain/table-rows";
import { identitySentence, leftoverSentence } from "@/lib/domain/table-sentences";
import { countOf, formatCount } from "@/lib/format/count";

type Props = { picture: ClusterPicture; rows: readonly TableRow[]; isLocalKnown: boolean };

/** What there is, and what of it needs a hand. */
export function TablesVerdict({ picture, rows, isLocalKnown }: Props) {
  const distributed = rows.filter((row) => row.kind === "distributed").length;
  const plain = rows.filter((row) => row.kind === "plain").length;
  const notes = [identitySentence(rows), leftoverSentence(rows), silenceOf(picture)].filter((text) => text !== null);
  return (
    <Panel label="Verdict" className="grid gap-2 px-4 py-3.5">
      <p className="max-w-[860px] text-pretty text-18 text-text-2 tracking-[-0.006em] [&_strong]:font-semibold [&_strong]:text-text-1">
        <strong>
          {distributed === 0 ? "No table is distributed." : `${countOf(distributed, "table")} distributed by hash.`}
        </strong>{" "}
        {isLocalKnown ? plainSentence(plain) : "Plain tables have not been read yet."}
      </p>
      {notes.length > 0 && <NoteLines notes={notes.map((text) => ({ tone: "warn", text }))} />}
    </Panel>
  );
}

function plainSentence(plain: number): string {
  if (plain === 0) return "No plain table is left on the coordinator.";
  return plain === 1
    ? "1 plain table is on the coordinator only."
    : `${formatCount(plain)} plain tables are on the coordinator only.`;
}

/** Sums lack what these nodes hold. */
function silenceOf({ silent, names }: ClusterPicture): string | null {
  if (silent.length === 0) return null;
  const named = listOf(silent.map((node) => names.get(node.id) ?? node.host));
  return `${named} did not tell the sizes of its shards: sums without them read “at least”.`;
}
