import "server-only";
import type pg from "pg";
import { z } from "zod";
import type { Note } from "@/lib/domain/change";
import type { Claim } from "@/lib/domain/claim";
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

/** What was looked for afterwards. `isUnsure`: it could not be seen whether it is there (a node was silent). */
export type Effect = { seen: boolean; sentence: string; isUnsure?: true };

/** A change made concrete for one input and the cluster as it is now. */
export type Prepared<Before = unknown> = {
  /** The object's name as people know it: ":55167", "public.orders". */
  subject: string;
  steps: readonly PreparedStep[];
  /** What was looked at beforehand. A `bad` note refuses. */
  notes: readonly Note[];
  /** With which login it runs, where that hangs on the cluster as it is now; else with the one that the permission needs. */
  login?: "ops" | "admin";
  /** What has to be typed before it may start. */
  typed?: string;
  /** Whatever else the plan hangs on (which shards move where), in words: a change of it makes the plan stale, and is shown. */
  dependsOn?: readonly string[];
  /** What nobody else may change until it is over. */
  claims: readonly Claim[];
  /** What the effect is told by and cannot be read afterwards. Kept as JSON, so that another process can look too. */
  before: Before;
  /** The newest background job as it is now (0: none): of a change that starts one. A job above it is then the run's. */
  newestJob?: number;
  /** Topics to read again when it is over. */
  refresh: readonly TopicName[];
};

/** What is known of a run when its effect is looked for. */
export type Ran = {
  jobId: number | null;
  /** What the server said. */
  messages: readonly string[];
  /** false: the last statement was sent, and its answer never came. */
  isAnswered: boolean;
};

type Kept<Input, Before> = { input: Input; before: Before };

type Definition<Input extends { clusterId: ClusterId }, Before> = {
  name: `${string}.${string}`;
  permission: Permission;
  input: z.ZodType<Input>;
  /** What goes on while it runs: "draining :55167". */
  doing: (subject: string) => string;
  before: z.ZodType<Before>;
  prepare: (target: Target, input: Input) => Promise<Prepared<Before>>;
  /** Looks whether the effect is there. From what was kept only: it may be another process that looks. */
  effect: (target: Target, kept: Kept<Input, Before>, ran: Ran) => Promise<Effect>;
};

/** One kind of change to a cluster: how it is checked, what it sends, and how its effect is seen. */
export type Change<Input extends { clusterId: ClusterId }> = {
  name: `${string}.${string}`;
  permission: Permission;
  input: z.ZodType<Input>;
  doing: (subject: string) => string;
  prepare: (target: Target, input: Input) => Promise<Prepared>;
  effect: (target: Target, kept: Kept<unknown, unknown>, ran: Ran) => Promise<Effect>;
};

/** A change of any input, as far as its runs need it. */
export type AnyChange = Pick<Change<never>, "name" | "permission" | "doing" | "effect">;

export function change<Input extends { clusterId: ClusterId }, Before>(
  definition: Definition<Input, Before>,
): Change<Input> {
  return {
    ...definition,
    effect: (target, { input, before }, ran) =>
      definition.effect(target, { input: definition.input.parse(input), before: definition.before.parse(before) }, ran),
  };
}

/** For changes whose effect is told by what was asked for alone. */
export const NOTHING_BEFORE = z.null();
