import { z } from "zod";
import type { ClusterNode } from "./node";

/** What a server says about itself before it joins, in the database of the same name. */
export const candidateFactsSchema = z.object({
  postgresVersion: z.string(),
  /** The loaded library, "13.2.2"; null: it is not in shared_preload_libraries. */
  libraryVersion: z.string().nullable(),
  /** null: CREATE EXTENSION citus was never run in this database. */
  extensionVersion: z.string().nullable(),
  inRecovery: z.boolean(),
  /** Where a standby streams from, host:port as it was told. */
  streamsFrom: z.string().nullable(),
  walLevel: z.string(),
  isSuperuser: z.boolean(),
  /** Tables of people, not of PostgreSQL or Citus. */
  tables: z.int(),
});
export type CandidateFacts = z.infer<typeof candidateFactsSchema>;

/** Which cluster it has been part of. Citus leaves this behind on a node that was removed. */
export const candidateMembershipSchema = z.object({
  serverId: z.string().nullable(),
  /** The coordinator it was told of, host:port. */
  coordinator: z.string().nullable(),
  otherNodes: z.int(),
  /** The node group it believes to be: 0 is a coordinator. Citus gives a number once only. */
  groupId: z.int().nullable(),
});
export type CandidateMembership = z.infer<typeof candidateMembershipSchema>;

/** Everything that was learnt about an address, as far as it went. */
export type CandidateReading = {
  address: string;
  database: string;
  /** From the coordinator; with the driver's own words where it failed. */
  connection: { connected: true } | { connected: false; words: string };
  /** null: it was not asked, or did not answer. */
  facts: CandidateFacts | null;
  membership: CandidateMembership | null;
  /** Why facts or membership are not known though it is reachable. */
  unknownBecause: string | null;
  /** Members that cannot connect to it; null: that could not be asked. */
  unreachableFrom: readonly string[] | null;
};

/** What the cluster is, to hold the candidate against. */
export type ClusterVersions = {
  postgresVersion: string;
  extensionVersion: string;
  /** "Citus 13.2.2 on x86_64…" */
  citusVersion: string;
  serverId: string | null;
  /** As registered; null: it is not. */
  coordinator: string | null;
  nodes: readonly ClusterNode[];
};
