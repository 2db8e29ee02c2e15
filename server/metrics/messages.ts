import "server-only";
import type { History, HistorySeries, Sample } from "@/lib/domain/history";
import type { Layout } from "@/lib/domain/layout-history";
import type { LayoutMarks, Moves } from "@/lib/domain/layout-moves";
import type { NodeSizes } from "@/lib/domain/sizes";

/** What was measured at one moment. */
export type Batch = { clusterId: string; at: number; samples: readonly Sample[] };

/** A layout as it was read. */
export type HandedLayout = {
  clusterId: string;
  at: number;
  layout: Layout;
  /** Of the nodes that told, by node. */
  sizes: ReadonlyMap<number, NodeSizes>;
  /** How good they are: 0 none, 1 in part or estimated, 2 all measured. */
  measured: 0 | 1 | 2;
};

export type HistoryQuery = { clusterId: string; series: HistorySeries; from: number; to: number };
type RangeQuery = { clusterId: string; from: number; to: number };

/** What may be asked of the past, with what is answered. */
type Answers = {
  series: { query: HistoryQuery; answer: History };
  /** As `encodeLayout` writes it, compressed with gzip; null: nothing so old is on record. */
  layout: { query: { clusterId: string; at: number }; answer: Uint8Array<ArrayBuffer> | null };
  moves: { query: RangeQuery; answer: Moves };
  marks: { query: RangeQuery; answer: LayoutMarks };
};
export type Asked = keyof Answers;
export type QueryOf<Kind extends Asked> = Answers[Kind]["query"];
export type AnswerOf<Kind extends Asked> = Answers[Kind]["answer"];
export type Question = { [Kind in Asked]: { of: Kind; query: QueryOf<Kind> } }[Asked];

/** Where the worker keeps the history. A URL holds a password and goes nowhere but into the worker. */
export type MetricsPlace =
  | { kind: "file"; path: string }
  | { kind: "server"; url: string; ca: string | undefined; allowInsecure: boolean };

export type ToWorker =
  | ({ kind: "batch" } & Batch)
  | ({ kind: "layout" } & HandedLayout)
  /** The layout was read again and is as it was handed last. */
  | { kind: "layout-same"; clusterId: string; at: number }
  | { kind: "ask"; id: number; question: Question }
  | { kind: "stop" };

export type FromWorker =
  | { kind: "ready" }
  /** What was handed over was looked at: the sender may send more. */
  | { kind: "taken" }
  | { kind: "answer"; id: number; answer: AnswerOf<Asked> }
  | { kind: "refusal"; id: number; why: string }
  /** The database did not do something; it is tried again. `lost` counts points that were thrown away meanwhile. */
  | { kind: "trouble"; why: string; lost: number }
  | { kind: "recovered" };
