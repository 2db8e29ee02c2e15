import { StatusWord } from "@/components/ui/status-word";
import { Time } from "@/components/ui/time";
import type { AuditCheck } from "@/lib/domain/audit";
import { formatCount } from "@/lib/format/count";

/** How far the chain was checked, in one line. */
export function AuditChecked({ check }: { check: AuditCheck }) {
  const { from, to, checkedAt, misfit, problem } = check;
  if (misfit) return <StatusWord tone="bad">{`does not fit at #${misfit.seq ?? "?"}`}</StatusWord>;
  if (problem !== null || checkedAt === null || to === null)
    return (
      <span className="text-text-3">{problem === null ? "not checked yet" : "not checked: it cannot be read"}</span>
    );
  const whole = from === 1 ? "" : `#${formatCount(from ?? 1)} `;
  return (
    <span>
      verified {whole}up to #{formatCount(to)}, <Time at={checkedAt} />
    </span>
  );
}
