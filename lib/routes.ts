import type { ClusterId } from "./domain/cluster";
import type { TopicName } from "./domain/live";

/** Every address of the console. No other file writes one by hand. */
const base = (clusterId: ClusterId) => `/clusters/${clusterId}`;

export const routes = {
  home: () => "/",
  overview: (clusterId: ClusterId) => `${base(clusterId)}/overview`,
  shards: (clusterId: ClusterId) => `${base(clusterId)}/shards`,
  tables: (clusterId: ClusterId) => `${base(clusterId)}/tables`,
  /** The tables with the panel of one of them open. */
  table: (clusterId: ClusterId, name: string) => `${base(clusterId)}/tables?table=${encodeURIComponent(name)}`,
  nodes: (clusterId: ClusterId) => `${base(clusterId)}/nodes`,
  balance: (clusterId: ClusterId) => `${base(clusterId)}/balance`,
  rebalance: (clusterId: ClusterId) => `${base(clusterId)}/rebalance`,
  activity: (clusterId: ClusterId) => `${base(clusterId)}/activity`,
  replication: (clusterId: ClusterId) => `${base(clusterId)}/replication`,
};

export const apiRoutes = {
  live: (clusterId: ClusterId, topic: TopicName) => `/api/clusters/${clusterId}/live/${topic}`,
  events: (clusterId: ClusterId) => `/api/clusters/${clusterId}/events`,
};
