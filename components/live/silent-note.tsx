import type { ReactNode } from "react";
import { StatusWord } from "@/components/ui/status-word";
import type { Silence } from "@/lib/domain/silent-nodes";
import { countOf } from "@/lib/format/count";

type Props = {
  /** null: all nodes answered. */
  silence: Silence | null;
  /** What a screen lacks because of it, as a sentence. */
  missing: string;
  /** What else stands between the reader and the whole picture. */
  children?: ReactNode;
};

/** Which nodes did not answer and why, and what is missing below because of it. Nothing when nothing is. */
export function SilentNote({ silence, missing, children }: Props) {
  if (!silence && !children) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-baseline gap-x-3 gap-y-1 rounded-2 border border-warn bg-warn-weak px-3 py-2 text-12"
    >
      {silence && (
        <>
          <StatusWord tone="warn">
            {silence.answered} of {countOf(silence.asked, "node")}
          </StatusWord>
          <span>
            {silence.names} did not answer: {silence.because.replace(/\.?$/, ".")} {missing}
          </span>
        </>
      )}
      {children}
    </div>
  );
}
