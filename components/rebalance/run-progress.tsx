"use client";
import { Sparkline } from "@/components/charts/sparkline";
import { Progress } from "@/components/ui/progress";
import { Bytes, Rate } from "@/components/ui/quantity";
import { Unknown } from "@/components/ui/unknown";
import { isJobOpen, type Job, type Jobs } from "@/lib/domain/job";
import { whyNothingMoves } from "@/lib/domain/job-wait";
import { copySpeed, type JobWork, jobWork } from "@/lib/domain/job-work";
import { endSentence, whyNoProgress } from "@/lib/domain/run-sentence";
import { timeLeft, timeLeftWords } from "@/lib/domain/time-left";
import { formatRate } from "@/lib/format/bytes";
import { formatCount } from "@/lib/format/count";
import { formatPercent } from "@/lib/format/percent";
import { MoveBar } from "./move-bar";
import { speedCurve } from "./speed-curve";

type Props = { job: Job; jobs: Jobs; now: number | null };

/** How far the newest job is, how fast, and how long it may take; once over, what came of it. */
export function RunProgress({ job, jobs, now }: Props) {
  const work = jobWork(jobs);
  if (!work) return null;
  const isOpen = isJobOpen(job);
  const sentences = [endSentence(job, jobs.record), whyNothingMoves(jobs, now), isOpen ? whyNoProgress(jobs) : null];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(200px,320px)] items-end gap-x-6 gap-y-2 border-line border-b px-3.5 py-2.5 max-lg:grid-cols-1">
      <div className="grid gap-2">
        <div className="flex flex-wrap items-baseline gap-x-3.5 gap-y-1">
          <strong className="font-semibold text-24 leading-7 tracking-[-0.02em]">
            {work.fraction === null ? (
              <Unknown because="the job has no moves to count" />
            ) : (
              formatPercent(work.fraction)
            )}
          </strong>
          <Figures work={work} jobs={jobs} isOpen={isOpen} />
        </div>
        {work.moves <= 60 && work.bytes !== null ? (
          <MoveBar jobs={jobs} fraction={work.fraction} />
        ) : (
          <Progress fraction={work.fraction} label={`Job ${job.jobId}`} />
        )}
        {sentences.map(
          (sentence) =>
            sentence && (
              <p key={sentence} className="text-pretty text-12 text-text-2">
                {sentence}
              </p>
            ),
        )}
      </div>
      {isOpen && <Speed jobs={jobs} />}
    </div>
  );
}

function Figures({ work, jobs, isOpen }: { work: JobWork; jobs: Jobs; isOpen: boolean }) {
  return (
    <>
      <span className="font-medium">
        <Bytes value={work.bytesDone} unknown="the size of some shard group is not known" /> of{" "}
        <Bytes value={work.bytes} unknown="the size of some shard group is not known" />
      </span>
      <span>
        {formatCount(work.movesDone)} of {formatCount(work.moves)} moves
      </span>
      {isOpen && (
        <>
          <span>
            <Rate value={copySpeed(jobs.record?.copied ?? [])} unknown="it was not watched for long enough" />
          </span>
          <TimeLeft jobs={jobs} work={work} />
        </>
      )}
    </>
  );
}

function TimeLeft({ jobs, work }: { jobs: Jobs; work: JobWork }) {
  const left = timeLeft(jobs);
  if (jobs.jobs[0]?.state === "cancelling") return null;
  if (left === null)
    return (
      <span className="text-12 text-text-3">
        {work.movesDone === 0 ? "time left: known after the first move" : "time left: not known while nothing moves"}
      </span>
    );
  return (
    <span
      className="font-medium"
      title="The range comes from how far single moves were off the mean, in this run and in earlier ones here. Of runs under a minute it holds about half."
    >
      {timeLeftWords(left)} left
    </span>
  );
}

function Speed({ jobs }: { jobs: Jobs }) {
  const values = speedCurve(jobs.record?.copied ?? []);
  if (values.length < 3) return null;
  const top = Math.max(...values);
  const last = values.at(-1) ?? 0;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-stretch gap-2 text-11 text-text-3">
      <Sparkline
        values={values}
        filled
        height={44}
        sentence={`Copy speed: ${formatRate(last)} now, at most ${formatRate(top)}`}
      />
      <span className="flex flex-col justify-between text-right">
        <span>{formatRate(top)}</span>
        <span>now</span>
      </span>
    </div>
  );
}
