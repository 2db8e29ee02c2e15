"use client";
import { useQuery } from "@tanstack/react-query";
import { StatusWord } from "@/components/ui/status-word";
import type { ClusterId } from "@/lib/domain/cluster";
import { auditQueries } from "@/lib/queries/audit";

/** On every page where the audit does not fit or cannot be read: what was done may then not be what stands there. Nothing when it fits. */
export function AuditBanner({ clusterId }: { clusterId: ClusterId }) {
  const check = useQuery(auditQueries.check(clusterId)).data;
  if (!check?.misfit && !check?.problem) return null;
  const { misfit, problem } = check;
  return (
    <div
      role="alert"
      className="flex flex-wrap items-baseline gap-x-3 gap-y-1 rounded-2 border border-bad bg-bad-weak px-3 py-2 text-12"
    >
      <StatusWord tone="bad">The audit does not verify</StatusWord>
      <span>
        {misfit ? `Record #${misfit.seq ?? "?"}: ${misfit.why}.` : problem} Somebody with access to the console's
        machine has to look: <span className="font-mono">npm run shardboard -- audit verify</span>
      </span>
    </div>
  );
}
