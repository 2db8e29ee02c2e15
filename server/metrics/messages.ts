import "server-only";
import type { History, HistorySeries, Sample } from "@/lib/domain/history";

/** What was measured at one moment. */
export type Batch = { clusterId: string; at: number; samples: readonly Sample[] };

export type HistoryQuery = { clusterId: string; series: HistorySeries; from: number; to: number };

/** Where the worker keeps the history. A URL holds a password and goes nowhere but into the worker. */
export type MetricsPlace =
  | { kind: "file"; path: string }
  | { kind: "server"; url: string; ca: string | undefined; allowInsecure: boolean };

export type ToWorker =
  | ({ kind: "batch" } & Batch)
  | { kind: "ask"; id: number; query: HistoryQuery }
  | { kind: "stop" };

export type FromWorker =
  | { kind: "ready" }
  /** A batch was looked at: the sender may send another. */
  | { kind: "taken" }
  | { kind: "answer"; id: number; history: History }
  | { kind: "refusal"; id: number; why: string }
  /** The database did not do something; it is tried again. `lost` counts points that were thrown away meanwhile. */
  | { kind: "trouble"; why: string; lost: number }
  | { kind: "recovered" };
