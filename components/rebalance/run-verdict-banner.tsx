import clsx from "clsx";
import { StatusWord } from "@/components/ui/status-word";
import type { Job, JobRecord } from "@/lib/domain/job";
import { runVerdict } from "@/lib/domain/run-verdict";

type Props = { job: Job; measured: Pick<JobRecord, "skewBefore" | "skewAfter"> };

/** What a run did for the balance; loud where it did not help. Nothing while it goes on, and where it was not measured. */
export function RunVerdictBanner({ job, measured }: Props) {
  const verdict = runVerdict(job, measured);
  if (!verdict) return null;
  const isBad = verdict.tone === "bad";
  return (
    <div
      role={isBad ? "alert" : "status"}
      className={clsx("rounded-2 border px-3 py-2.5", isBad ? "border-bad bg-bad-weak" : "border-line bg-surface-1")}
    >
      <p className={clsx("font-medium", isBad && "text-18")}>
        <StatusWord tone={verdict.tone}>{verdict.text}</StatusWord>
      </p>
      <p className="mt-0.5 text-pretty text-12 text-text-2">{verdict.detail}</p>
    </div>
  );
}
