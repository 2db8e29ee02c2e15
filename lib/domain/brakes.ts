import { z } from "zod";
import { formatDuration } from "../format/duration";
import { clusterIdSchema } from "./cluster";

/** What a brake looks at. Each stops the run when its value crosses the limit. */
export const BRAKES = ["lag", "lock", "disk", "latency"] as const;
export type BrakeKind = (typeof BRAKES)[number];

const limit = (most: number) => z.number().positive().max(most).nullable();
/** null: this brake is off. */
export const brakeLimitsSchema = z.object({
  /** Seconds that the worst standby may be behind. */
  lag: limit(86_400),
  /** Seconds that a session may wait for a lock. */
  lock: limit(86_400),
  /** Percent of its disk that must stay free on every node. */
  disk: limit(99),
  /** Milliseconds that the console's own smallest statement may take on the coordinator. */
  latency: limit(60_000),
});
export type BrakeLimits = z.infer<typeof brakeLimitsSchema>;

const clockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time of day, as 22:00.");
/** A span of every day in UTC, over midnight where it ends before it begins. Outside it no run starts, and one that runs is stopped. */
export const windowSchema = z.object({ from: clockSchema, to: clockSchema });
export type MaintenanceWindow = z.infer<typeof windowSchema>;

export const setBrakesInput = z.object({
  clusterId: clusterIdSchema,
  limits: brakeLimitsSchema,
  window: windowSchema.nullable(),
});
export type SetBrakesInput = z.infer<typeof setBrakesInput>;

/** A present value; `why`: it is not known, and for what reason. */
export const brakeReadingSchema = z.object({ value: z.number().nullable(), why: z.string().nullable() });
export type BrakeReadings = Partial<Record<BrakeKind, z.infer<typeof brakeReadingSchema>>>;

/** What stopped a run. */
export const trippedSchema = z.object({
  jobId: z.number(),
  at: z.number(),
  reason: z.string(),
  failure: z.string().nullable(),
});

/** The brakes of a cluster as screens show them. */
export const brakesSchema = z.object({
  limits: brakeLimitsSchema,
  window: windowSchema.nullable(),
  setBy: z.string(),
  setAt: z.number(),
  tripped: trippedSchema.nullable(),
  /** Looked at while a run goes on. */
  readings: z.partialRecord(z.enum(BRAKES), brakeReadingSchema),
});
export type Brakes = z.infer<typeof brakesSchema>;

export const NO_LIMITS: BrakeLimits = { lag: null, lock: null, disk: null, latency: null };

export const BRAKE_WORDS: Record<BrakeKind, { name: string; unit: string; means: string }> = {
  lag: { name: "Replica lag", unit: "s", means: "the worst standby is behind by more than" },
  lock: { name: "Lock waits", unit: "s", means: "a session waits for a lock for more than" },
  disk: { name: "Free disk", unit: "%", means: "some node has less of its disk free than" },
  latency: { name: "Statement latency", unit: "ms", means: "the console's smallest statement takes more than" },
};

export type BrakeState = {
  kind: BrakeKind;
  limit: number;
  value: number | null;
  state: "holds" | "tripped" | "unknown";
  /** The present value, the limit, and how far it is from there. */
  sentence: string;
};

/** How each brake that is on stands. One whose value is not known does not stop a run, and says so. */
export function brakeStates(limits: BrakeLimits, readings: BrakeReadings): BrakeState[] {
  return BRAKES.flatMap((kind) => {
    const limit = limits[kind];
    return limit === null ? [] : [stateOf(kind, limit, readings[kind])];
  });
}

function stateOf(kind: BrakeKind, limit: number, reading: BrakeReadings[BrakeKind]): BrakeState {
  const { name, unit } = BRAKE_WORDS[kind];
  const value = reading?.value ?? null;
  if (value === null) {
    const sentence = `${name} is unknown${reading?.why ? ` (${reading.why})` : ""}: the brake cannot act.`;
    return { kind, limit, value, state: "unknown", sentence };
  }
  const isOver = kind === "disk" ? value < limit : value > limit;
  const told = `${name} is ${round(value)} ${unit}`;
  const way = kind === "disk" ? "below" : "above";
  const sentence = isOver
    ? `${told}, ${way} the limit of ${limit} ${unit}: the run is stopped.`
    : `${told}; it stops the run ${way} ${limit} ${unit}, ${round(Math.abs(limit - value))} ${unit} from here.`;
  return { kind, limit, value, state: isOver ? "tripped" : "holds", sentence };
}

const round = (value: number) => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value));

const MINUTES_A_DAY = 24 * 60;
const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** Minutes until the window ends; null: it is outside now. */
export function minutesInWindow({ from, to }: MaintenanceWindow, at: number): number | null {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  const now = Math.floor(at / 60_000) % MINUTES_A_DAY;
  const length = (end - start + MINUTES_A_DAY) % MINUTES_A_DAY || MINUTES_A_DAY;
  const gone = (now - start + MINUTES_A_DAY) % MINUTES_A_DAY;
  return gone < length ? length - gone : null;
}

export function windowSentence(window: MaintenanceWindow, at: number): string {
  const left = minutesInWindow(window, at);
  const span = `the maintenance window, ${window.from} to ${window.to} UTC`;
  return left === null
    ? `It is outside ${span}.`
    : `It is inside ${span}; a run that goes on is stopped in ${formatDuration(left * 60)}.`;
}

/** Why a run has to stop now; null: it may go on. */
export function stopReason(
  brakes: Pick<Brakes, "limits" | "window">,
  readings: BrakeReadings,
  at: number,
): string | null {
  if (brakes.window && minutesInWindow(brakes.window, at) === null)
    return `The maintenance window (${brakes.window.from} to ${brakes.window.to} UTC) is over.`;
  return brakeStates(brakes.limits, readings).find((one) => one.state === "tripped")?.sentence ?? null;
}
