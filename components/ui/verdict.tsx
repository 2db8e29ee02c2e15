import type { ReactNode } from "react";
import { Panel } from "./panel";

type Props = { children: ReactNode; actions?: ReactNode; label?: string };

/** The sentence a screen begins with, at 18 px. Facts in it are <strong>; the rest explains. */
export function Verdict({ children, actions, label = "Verdict" }: Props) {
  return (
    <Panel label={label} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 px-4 py-3.5">
      <p className="max-w-[860px] flex-1 basis-96 text-pretty text-18 text-text-2 tracking-[-0.006em] [&_strong]:font-semibold [&_strong]:text-text-1">
        {children}
      </p>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </Panel>
  );
}
