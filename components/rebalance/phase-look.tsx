import { WAITING_FOR_RETRY } from "@/lib/domain/job-record";

/** The steps of a move in order. Two short ones share the colour of the step they belong to. */
const COLOURS: Record<string, string> = {
  "Not Started Yet": "var(--ph-1)",
  "Setting Up": "var(--ph-1)",
  "Copying Data": "var(--ph-2)",
  "Catching Up": "var(--ph-3)",
  "Creating Constraints": "var(--ph-4)",
  "Final Catchup": "var(--ph-5)",
  "Creating Foreign Keys": "var(--ph-6)",
  Completing: "var(--ph-6)",
  Completed: "var(--ph-6)",
  [WAITING_FOR_RETRY]: "var(--warn)",
};

/** Work whose phase nobody read, or one that a later Citus adds, is drawn in the neutral colour. */
export function phaseColour(phase: string): string {
  return COLOURS[phase] ?? "var(--text-3)";
}

const LEGEND = [
  "Setting Up",
  "Copying Data",
  "Catching Up",
  "Creating Constraints",
  "Final Catchup",
  "Completing",
  "phase not read",
] as const;

export function PhaseLegend({ hasGaps }: { hasGaps: boolean }) {
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-0.5 text-11 text-text-2" aria-label="Phases of a move">
      {LEGEND.map((phase) => (
        <li key={phase} className="inline-flex items-center gap-1.5">
          <i
            aria-hidden="true"
            data-ink=""
            className="h-2.5 w-3 rounded-[2px]"
            style={{ backgroundColor: phaseColour(phase) }}
          />
          {phase}
        </li>
      ))}
      {hasGaps && (
        <li className="inline-flex items-center gap-1.5">
          <i aria-hidden="true" data-ink="" className="hatch h-2.5 w-3 rounded-[2px]" />
          nobody looked
        </li>
      )}
    </ul>
  );
}
