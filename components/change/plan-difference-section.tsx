import { DialogSection } from "@/components/ui/dialog";
import { Icon } from "@/components/ui/icon";
import type { IconName } from "@/components/ui/icon-paths";
import { SrOnly } from "@/components/ui/sr-only";
import type { PlanDifference } from "@/lib/domain/plan-difference";

/** Said when a start was refused because the cluster had moved on: what differs, so that the new plan can be judged. */
export function PlanDifferenceSection({ difference }: { difference: PlanDifference }) {
  const isEmpty = difference.added.length === 0 && difference.removed.length === 0;
  return (
    <DialogSection title="The cluster changed since you looked">
      <div role="alert" className="rounded-2 border border-warn bg-warn-weak px-3 py-2 text-12">
        <p>Nothing was started. The plan below is the new one; confirm it to start it.</p>
        {isEmpty ? (
          <p className="text-text-2">The statements and notes read the same; what they rest on is different.</p>
        ) : (
          <ul className="mt-1 grid gap-0.5">
            <Lines lines={difference.removed} icon="minus" spoken="No longer" />
            <Lines lines={difference.added} icon="plus" spoken="New" />
          </ul>
        )}
      </div>
    </DialogSection>
  );
}

/** A plan of hundreds of moves is told by its first ones. */
const SHOWN = 20;

function Lines({ lines, icon, spoken }: { lines: readonly string[]; icon: IconName; spoken: string }) {
  const shown = lines.slice(0, SHOWN);
  return [...shown, ...(lines.length > SHOWN ? [`… and ${lines.length - SHOWN} more`] : [])].map((line) => (
    <li key={line} className="grid grid-cols-[18px_minmax(0,1fr)]">
      <Icon name={icon} className="size-3.5" />
      <span className="break-words font-mono">
        <SrOnly>{spoken}: </SrOnly>
        {line}
      </span>
    </li>
  ));
}
