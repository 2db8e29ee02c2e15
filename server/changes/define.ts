import "server-only";
import type pg from "pg";
import type { z } from "zod";
import type { Note } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import type { TopicName } from "@/lib/domain/live";
import type { Permission } from "@/lib/domain/permission";
import type { Target } from "@/server/clusters";
import { render } from "@/server/pg/render";
import type { RunOptions } from "@/server/pg/run";
import { runOn } from "@/server/pg/run";
import type { Statement } from "@/server/pg/sql";

/** What a statement's rows said that the run has to know. */
export type CallResult = { jobId?: number; message?: string };

/** A statement with its parameters: the text that is shown and the call that runs are made from the same two things. */
export type Call = {
  name: string;
  sql: string;
  execute: (client: pg.ClientBase, options: RunOptions) => Promise<CallResult>;
};

export function call<Params, Row>(
  stmt: Statement<Params, Row>,
  params: Params,
  read: (rows: Row[]) => CallResult = () => ({}),
): Call {
  return {
    name: stmt.name,
    sql: render(stmt, params),
    execute: async (client, options) => read(await runOn(client, stmt, params, options)),
  };
}

export type PreparedStep = { title: string; takes?: string; calls: readonly Call[] };
export type Effect = { seen: boolean; sentence: string };

/** A change made concrete for one input and the cluster as it is now. */
export type Prepared = {
  /** The object's name as people know it: ":55167", "public.orders". */
  subject: string;
  steps: readonly PreparedStep[];
  /** What was looked at beforehand. A `bad` note refuses. */
  notes: readonly Note[];
  /** What has to be typed before it may start. */
  typed?: string;
  /** Whatever else the plan hangs on (which shards move where); a change of it makes the plan stale. */
  dependsOn?: unknown;
  /** Topics to read again when it is over. */
  refresh: readonly TopicName[];
  /** Looks whether the effect is there. Called after the topics were read again; `messages` are what the server said. */
  verify: (run: { jobId: number | null; messages: readonly string[] }) => Promise<Effect>;
};

/** One kind of change to a cluster: how it is checked, what it sends, and how its effect is seen. */
export type Change<Input extends { clusterId: ClusterId }> = {
  name: `${string}.${string}`;
  permission: Permission;
  input: z.ZodType<Input>;
  prepare: (target: Target, input: Input) => Promise<Prepared>;
};

export function change<Input extends { clusterId: ClusterId }>(definition: Change<Input>): Change<Input> {
  return definition;
}
