import "server-only";
import type { Migration } from "./migrations";

/** What is kept of the clusters' past. Times are epoch milliseconds by the console's clock; `tier` is a place in HISTORY_TIERS. */
export const METRICS_MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    title: "points in four tiers",
    statements: [
      `create table series (
         id bigint primary key, cluster_id text not null, name text not null, key text not null, since bigint not null,
         unique (cluster_id, name, key))`,
      `create table points (
         series_id bigint not null, tier bigint not null, at bigint not null, total double precision not null,
         low double precision not null, high double precision not null, samples bigint not null,
         primary key (series_id, tier, at))`,
      // For putting together and for forgetting, which go by time.
      "create index points_by_time on points (tier, at)",
      // Until when a tier has been put together from the one before.
      "create table marks (tier bigint primary key, until bigint not null)",
    ],
  },
  {
    version: 2,
    title: "layouts: a snapshot a day, the changes between",
    statements: [
      // Bodies are compressed and written as base64. measured: how good the sizes in it are (0 none, 1 in part or estimated, 2 all measured).
      `create table layout_snapshots (
         cluster_id text not null, at bigint not null, measured bigint not null, body text not null, primary key (cluster_id, at))`,
      // It happened after the one moment and was seen at the other; moved and other count what happened.
      `create table layout_changes (
         cluster_id text not null, at bigint not null, happened_after bigint not null, moved bigint not null, other bigint not null,
         body text not null, primary key (cluster_id, at))`,
      // From when until when the layout of a cluster is known.
      "create table layout_spans (cluster_id text primary key, since bigint not null, until bigint not null)",
    ],
  },
];
