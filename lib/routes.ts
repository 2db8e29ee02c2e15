import type { ClusterId } from "./domain/cluster";
import type { HistorySeries } from "./domain/history";
import type { TopicName } from "./domain/live";

/** Every address of the console. No other file writes one by hand. */
const base = (clusterId: ClusterId) => `/clusters/${clusterId}`;

export const routes = {
  home: () => "/",
  /** All clusters of the person. */
  fleet: () => "/clusters",
  /** `next`: where to go afterwards. */
  signIn: (next?: string) => (next === undefined ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`),
  /** Back at the sign-in page, with what went wrong at the provider (an error code). */
  signInRefused: (code: string) => `/sign-in?refused=${encodeURIComponent(code)}`,
  /** Off to the provider; `isProof`: to be asked again who one is. */
  provider: (next: string, isProof = false) =>
    `/sign-in/provider?next=${encodeURIComponent(next)}${isProof ? "&proof=1" : ""}`,
  providerCallback: () => "/sign-in/provider/callback",
  /** Clears what the browser keeps of the console, and leads to the sign-in page. */
  signedOut: () => "/signed-out",
  /** The token of a link stands behind its #. */
  link: () => "/link",
  account: () => "/account",
  people: () => "/people",
  overview: (clusterId: ClusterId) => `${base(clusterId)}/overview`,
  shards: (clusterId: ClusterId) => `${base(clusterId)}/shards`,
  /** The shards as they lay at a moment. */
  shardsAt: (clusterId: ClusterId, at: number) => `${base(clusterId)}/shards?at=${at}`,
  /** What moved. */
  moves: (clusterId: ClusterId) => `${base(clusterId)}/moves`,
  tables: (clusterId: ClusterId) => `${base(clusterId)}/tables`,
  /** The tables with the panel of one of them open. */
  table: (clusterId: ClusterId, name: string) => `${base(clusterId)}/tables?table=${encodeURIComponent(name)}`,
  nodes: (clusterId: ClusterId) => `${base(clusterId)}/nodes`,
  balance: (clusterId: ClusterId) => `${base(clusterId)}/balance`,
  rebalance: (clusterId: ClusterId) => `${base(clusterId)}/rebalance`,
  /** The record of one run. */
  flight: (clusterId: ClusterId, jobId: number) => `${base(clusterId)}/rebalance/${jobId}`,
  audit: (clusterId: ClusterId) => `${base(clusterId)}/audit`,
  /** What the audit has of one person. */
  auditBy: (clusterId: ClusterId, person: string) => `${base(clusterId)}/audit?person=${encodeURIComponent(person)}`,
  /** What the audit has of one operation. */
  auditOf: (clusterId: ClusterId, runId: string) => `${base(clusterId)}/audit?run=${encodeURIComponent(runId)}`,
  activity: (clusterId: ClusterId) => `${base(clusterId)}/activity`,
  replication: (clusterId: ClusterId) => `${base(clusterId)}/replication`,
  /** Everything that was changed from the console, and one of it. */
  operations: (clusterId: ClusterId) => `${base(clusterId)}/operations`,
  operation: (clusterId: ClusterId, runId: string) => `${base(clusterId)}/operations/${encodeURIComponent(runId)}`,
};

export const apiRoutes = {
  live: (clusterId: ClusterId, topic: TopicName) => `/api/clusters/${clusterId}/live/${topic}`,
  /** What differs from a version that the browser has. */
  liveSince: (clusterId: ClusterId, topic: TopicName, version: string) =>
    `/api/clusters/${clusterId}/live/${topic}?since=${encodeURIComponent(version)}`,
  /** How these topics are, for somebody who has them and still looks at them. */
  look: (clusterId: ClusterId, topics: readonly TopicName[]) =>
    `/api/clusters/${clusterId}/live?topics=${topics.join(",")}`,
  history: (clusterId: ClusterId, series: HistorySeries, from: number, to: number) =>
    `/api/clusters/${clusterId}/history/${series}?from=${from}&to=${to}`,
  pastLayout: (clusterId: ClusterId, at: number) => `/api/clusters/${clusterId}/history/layout?at=${at}`,
  layoutMoves: (clusterId: ClusterId, from: number, to: number) =>
    `/api/clusters/${clusterId}/history/moves?from=${from}&to=${to}`,
  layoutMarks: (clusterId: ClusterId, from: number, to: number) =>
    `/api/clusters/${clusterId}/history/marks?from=${from}&to=${to}`,
  events: (clusterId: ClusterId) => `/api/clusters/${clusterId}/events`,
  /** `asked`: the filter as parameters of an address. */
  audit: (clusterId: ClusterId, asked: string) => `/api/clusters/${clusterId}/audit?${asked}`,
  auditCheck: (clusterId: ClusterId) => `/api/clusters/${clusterId}/audit/check`,
  auditExport: (clusterId: ClusterId, asked: string) => `/api/clusters/${clusterId}/audit/export?${asked}`,
  flights: (clusterId: ClusterId) => `/api/clusters/${clusterId}/flights`,
  flight: (clusterId: ClusterId, jobId: number) => `/api/clusters/${clusterId}/flights/${jobId}`,
  flightExport: (clusterId: ClusterId, jobId: number, format: "json" | "csv") =>
    `/api/clusters/${clusterId}/flights/${jobId}/export?format=${format}`,
  run: (clusterId: ClusterId, runId: string) => `/api/clusters/${clusterId}/runs/${encodeURIComponent(runId)}`,
  olderRuns: (clusterId: ClusterId, before: number) => `/api/clusters/${clusterId}/runs?before=${before}`,
};
