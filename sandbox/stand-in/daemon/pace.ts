/** The order of a move, as get_rebalance_progress() names its phases. */
export const PHASES = [
  "Setting Up",
  "Copying Data",
  "Catching Up",
  "Creating Constraints",
  "Final Catchup",
  "Creating Foreign Keys",
  "Completing",
] as const;
export type Phase = (typeof PHASES)[number];

export type Pace = {
  /** At least this long in each phase: a few kilobytes would otherwise move faster than anybody can see. */
  phaseMs: Record<Phase, number>;
  /** The longest wait before new tasks are noticed; citus.background_task_queue_interval may say less. */
  longestQueueIntervalMs: number;
};

const TEST: Record<Phase, number> = {
  "Setting Up": 150,
  "Copying Data": 550,
  "Catching Up": 350,
  "Creating Constraints": 120,
  "Final Catchup": 120,
  "Creating Foreign Keys": 80,
  Completing: 130,
};

export const PACES: Record<"test" | "demo", Pace> = {
  test: { phaseMs: TEST, longestQueueIntervalMs: 500 },
  demo: { phaseMs: slower(TEST, 4), longestQueueIntervalMs: 2_000 },
};

function slower(phases: Record<Phase, number>, factor: number): Record<Phase, number> {
  const scaled = { ...phases };
  for (const phase of PHASES) scaled[phase] = phases[phase] * factor;
  return scaled;
}
