import type { Jobs } from "@/lib/domain/job";
import { taskFraction } from "@/lib/domain/job-work";

type Props = { jobs: Jobs; fraction: number | null };

/** One segment per move, as wide as its bytes: a large one is seen to be large. */
export function MoveBar({ jobs, fraction }: Props) {
  const moves = jobs.tasks.filter((task) => task.move !== null);
  const bytesOf = (taskId: number) => jobs.record?.tasks[taskId]?.bytes ?? 0;
  const total = moves.reduce((sum, task) => sum + bytesOf(task.taskId), 0);
  return (
    <div
      role="progressbar"
      aria-label={`Job ${jobs.jobs[0]?.jobId ?? ""}`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={fraction === null ? undefined : Math.floor(fraction * 100)}
      data-ink=""
      className="flex h-2.5 gap-px overflow-hidden rounded-2"
    >
      {moves.map((task) => {
        const share = taskFraction(task, jobs) * 100;
        return (
          <i
            key={task.taskId}
            className="block h-full min-w-px"
            style={{
              flex: Math.max(bytesOf(task.taskId), total * 0.012, 1),
              background: `linear-gradient(90deg, var(--accent) ${share}%, var(--track) ${share}%)`,
            }}
          />
        );
      })}
    </div>
  );
}
