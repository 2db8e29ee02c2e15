import { SrOnly } from "@/components/ui/sr-only";
import { StatusWord } from "@/components/ui/status-word";
import type { StateWord } from "@/lib/domain/node-state";

/** The words about a node, the worst first. The sentence behind each is read aloud and shown on hover. */
export function NodeStates({ states }: { states: readonly StateWord[] }) {
  return (
    <span className="inline-flex items-center gap-2">
      {states.map(({ tone, word, because }) => (
        <span key={word} title={because ?? undefined}>
          <StatusWord tone={tone}>{word}</StatusWord>
          {because !== null && <SrOnly>: {because}</SrOnly>}
        </span>
      ))}
    </span>
  );
}
