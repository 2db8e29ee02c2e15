import type { ClusterLabel } from "@/lib/domain/cluster";

/** What the frame says of its cluster. */
export type ClusterHead = {
  name: string;
  /** "Citus 13.2.2, PG 15.20". Absent until the cluster was asked. */
  versionLine?: string;
  /** The cluster's own colour, any CSS colour; without it the token stands. */
  colour?: string;
  /** Nothing is changed on it, whoever asks. */
  isReadOnly?: boolean;
  /** Clusters to go to from here. */
  others?: readonly ClusterLabel[];
  actor?: { name: string; role: string };
};
