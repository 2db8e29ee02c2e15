import { Icon } from "@/components/ui/icon";
import { Segmented } from "@/components/ui/segmented";
import { SrOnly } from "@/components/ui/sr-only";
import { TONE_ICON, TONE_TEXT } from "@/components/ui/tone";
import type { Note } from "@/lib/domain/change";
import { MODE_AUTO, MODE_BLOCK_WRITES, type RebalanceOptions, type RebalancePlan } from "@/lib/domain/rebalance";
import { countOf } from "@/lib/format/count";

type Props = {
  checks: readonly Note[];
  options: RebalanceOptions;
  plan: RebalancePlan;
  onMode: (mode: string) => void;
};

const SPOKEN: Record<Note["tone"], string> = { ok: "In order", info: "To know", warn: "Warning", bad: "In the way" };

/** What was looked at before it starts, the worst first, and where a choice settles it, the choice. */
export function StartChecks({ checks, options, plan, onMode }: Props) {
  const needsYou = checks.filter((note) => note.tone === "bad" || note.tone === "warn").length;
  const [firstTable] = plan.tablesWithoutIdentity;
  const asking = checks.find((note) => firstTable !== undefined && note.text.includes(firstTable));
  const toKnow = checks.filter((note) => note.tone === "info").length;
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-2 pb-1">
        <h2 className="text-13 leading-5">Before it starts</h2>
        <span className="text-12 text-text-3">
          {[countOf(checks.length, "check"), `${needsYou} need you`, `${toKnow} to know`]
            .join(", ")
            .replace(/\b1 need you/, "1 needs you")}
        </span>
      </div>
      <ul className="grid gap-2">
        {checks.map((note) => (
          <li key={note.text} className="grid grid-cols-[24px_minmax(0,1fr)]">
            <span className={TONE_TEXT[note.tone]}>
              <Icon name={TONE_ICON[note.tone]} className="mt-0.5 size-4" />
              <SrOnly>{SPOKEN[note.tone]}: </SrOnly>
            </span>
            <span className="min-w-0 break-words">
              <span className="block font-medium">{note.text}</span>
              {note.detail !== undefined && <span className="block text-12 text-text-2">{note.detail}</span>}
              {note === asking && <ModeChoice mode={options.mode} onMode={onMode} />}
            </span>
          </li>
        ))}
      </ul>
      {firstTable !== undefined && asking === undefined && <ModeChoice mode={options.mode} onMode={onMode} />}
    </>
  );
}

/** The two ways past a table without replica identity, beside the sentence that asks for one. */
function ModeChoice({ mode, onMode }: { mode: string; onMode: (mode: string) => void }) {
  const modes = [MODE_AUTO, "force_logical", MODE_BLOCK_WRITES];
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-2 text-12 text-text-2">
      <span aria-hidden="true">Move these tables by</span>
      <Segmented
        label="Transfer mode for tables without replica identity"
        value={modes.includes(mode) ? mode : MODE_AUTO}
        options={modes.map((one) => ({ value: one, label: one }))}
        onChange={onMode}
      />
    </div>
  );
}
