import type { ReactNode } from "react";

export type NumberedStep = {
  what: ReactNode;
  /** "at once", "about 1 min 30 s". An estimate says about. */
  time?: string;
};

/** What will happen, in order, with times. */
export function NumberedSteps({ steps }: { steps: readonly NumberedStep[] }) {
  return (
    <ol>
      {steps.map((step, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the position is what a step is
        <li key={position} className="grid grid-cols-[22px_minmax(0,1fr)_auto] items-baseline gap-0.5 py-[3px]">
          <span className="text-text-3">{position + 1}</span>
          <span>{step.what}</span>
          {step.time !== undefined && <span className="text-12 text-text-3">{step.time}</span>}
        </li>
      ))}
    </ol>
  );
}
