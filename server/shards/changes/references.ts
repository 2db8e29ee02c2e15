import "server-only";
import type { Note } from "@/lib/domain/change";
import { bad, info } from "@/lib/domain/distribute-note";
import { countOf } from "@/lib/format/count";
import { call, type PreparedStep } from "@/server/changes/define";
import { copyReferenceTables } from "@/server/sql/shard-changes";
import type { Looked } from "./check";

/**
 * What a target lacks of reference tables is copied first: since 13.0 Citus refuses a move to such a node, before that it moved, and
 * joins failed there.
 */
export function referenceSteps({ references, check }: Looked): { steps: PreparedStep[]; notes: Note[] } {
  const { missing, mayCopy } = references;
  if (missing === 0) return { steps: [], notes: [] };
  const tables = countOf(missing, "reference table");
  if (!mayCopy)
    return {
      steps: [],
      notes: [
        bad(
          `${tables} ${missing === 1 ? "is" : "are"} not on the target yet, and ${check.login} may not copy them.`,
          "Have a superuser run: SELECT replicate_reference_tables(); or let a rebalance do it.",
        ),
      ],
    };
  return {
    steps: [
      {
        title: `Copy ${tables} to every node that lacks ${missing === 1 ? "it" : "one"}`,
        calls: [call(copyReferenceTables, { mode: check.mode })],
      },
    ],
    notes: [
      info(
        `${tables} ${missing === 1 ? "is" : "are"} not on the target yet. Joins there need them, so they are copied first.`,
      ),
    ],
  };
}
