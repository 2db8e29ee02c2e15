import type { Flight } from "../../lib/domain/flight.ts";
import { jobsAt, replayOf } from "../../lib/domain/flight-replay.ts";
import { jobWork } from "../../lib/domain/job-work.ts";
import { timeLeft } from "../../lib/domain/time-left.ts";

export type TimeLeftError = {
  /** Of the estimate, as a share of the whole run's length. */
  error: number;
  /** Of what a line through start and now would have said, from the moves that are done. null: none is. */
  straight: number | null;
  isInRange: boolean;
};

/** How far the time left was off at the first look at which that share of the run was done. null: it was not told, or nobody looked. */
export function timeLeftError(flight: Flight, share: number): TimeLeftError | null {
  const replay = replayOf(flight);
  const length = (replay.to - replay.from) / 1000;
  const at = flight.samples.find((sample) => (jobWork(jobsAt(replay, sample.at))?.fraction ?? 0) >= share)?.at;
  const jobs = at === undefined ? null : jobsAt(replay, at);
  const left = jobs && timeLeft(jobs);
  if (at === undefined || !left || length <= 0) return null;
  const real = (replay.to - at) / 1000;
  const { movesDone = 0, moves = 0 } = jobWork(jobs) ?? {};
  const straight = movesDone > 0 ? ((at - replay.from) / 1000 / movesDone) * (moves - movesDone) : null;
  return {
    error: Math.abs(left.seconds - real) / length,
    straight: straight === null ? null : Math.abs(straight - real) / length,
    isInRange: left.low <= real && real <= left.high,
  };
}
