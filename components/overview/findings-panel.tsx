import { Chip } from "@/components/ui/chip";
import { Icon } from "@/components/ui/icon";
import { LinkButton } from "@/components/ui/link-button";
import { TitledPanel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import { TONE_TEXT } from "@/components/ui/tone";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Finding, FindingFacts } from "@/lib/domain/finding";
import { findingsOf } from "@/lib/domain/findings";
import { countOf } from "@/lib/format/count";
import { routes } from "@/lib/routes";

const TONES = ["bad", "warn", "info"] as const;

/** What a rule found, worst first; below, what was looked at and is in order, and what could not be looked at. */
export function FindingsPanel({ clusterId, facts }: { clusterId: ClusterId; facts: FindingFacts }) {
  const { found, passing, unknown, checked } = findingsOf(facts);
  return (
    <TitledPanel
      title="Findings"
      note={
        <span className="inline-flex gap-1.5">
          {TONES.map((tone) => (
            <Tally key={tone} tone={tone} count={found.filter((one) => one.tone === tone).length} />
          ))}
        </span>
      }
      actions={<span className="text-12 text-text-3">{countOf(checked, "rule")} checked</span>}
      className="flex flex-col"
    >
      <ul aria-label="Findings">
        {found.map((finding) => (
          <FindingRow key={finding.text} clusterId={clusterId} finding={finding} />
        ))}
      </ul>
      {found.length === 0 && <p className="px-3 py-3 text-text-2">Nothing needs attention.</p>}
      <div className="px-3 py-2.5">
        <h3 className="mb-1.5 font-semibold text-12">{countOf(passing.length, "rule passes", "rules pass")}</h3>
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(144px,1fr))] gap-x-3 gap-y-1.5 text-12">
          {passing.map((words) => (
            <li key={words} className="min-w-0 truncate text-text-2" title={words}>
              <StatusWord tone="ok" className="font-normal">
                {" "}
                <span className="text-text-2">{words}</span>
              </StatusWord>
            </li>
          ))}
        </ul>
        {unknown.length > 0 && (
          <p className="mt-2 text-12 text-text-3">{`Not known now, or not of every node: ${unknown.join(", ")}.`}</p>
        )}
      </div>
    </TitledPanel>
  );
}

function Tally({ tone, count }: { tone: Finding["tone"]; count: number }) {
  if (count === 0) return null;
  return (
    <Chip tone={tone}>
      <Icon name={tone} className="size-3" />
      {count}
    </Chip>
  );
}

function FindingRow({ clusterId, finding }: { clusterId: ClusterId; finding: Finding }) {
  const { tone, text, detail, screen } = finding;
  return (
    <li className="flex items-start gap-2.5 border-line border-b px-3 py-2">
      <Icon name={tone} className={`mt-0.5 size-4 ${TONE_TEXT[tone]}`} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{text}</p>
        <p className="break-words text-12 text-text-2">{detail}</p>
      </div>
      <LinkButton href={routes[screen](clusterId)} size="sm">{`Open ${screen}`}</LinkButton>
    </li>
  );
}
