import type { IconName } from "@/components/ui/icon-paths";
import type { Tone } from "@/components/ui/tone";
import type { Job, JobTask } from "@/lib/domain/job";

type Look = { tone: Tone; icon: IconName; words: string };

export const JOB_LOOK: Record<Job["state"], Look> = {
  scheduled: { tone: "running", icon: "waiting", words: "is scheduled" },
  running: { tone: "running", icon: "running", words: "is running" },
  finished: { tone: "ok", icon: "ok", words: "finished" },
  cancelling: { tone: "warn", icon: "stop", words: "is cancelling" },
  cancelled: { tone: "muted", icon: "stop", words: "cancelled" },
  failing: { tone: "bad", icon: "bad", words: "is failing" },
  failed: { tone: "bad", icon: "bad", words: "failed" },
};

export const TASK_TONE: Record<JobTask["status"], Tone> = {
  blocked: "muted",
  runnable: "muted",
  running: "running",
  done: "ok",
  cancelling: "warn",
  error: "bad",
  unscheduled: "bad",
  cancelled: "muted",
};
