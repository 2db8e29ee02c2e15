import "server-only";
import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import type { z } from "zod";
import type { ActionResult } from "@/lib/action-result";
import type { Permission } from "@/lib/domain/permission";
import { type Actor, requireConsoleRight } from "@/server/auth/actor";
import { requireActor } from "@/server/auth/require-actor";
import { requireSameOrigin } from "@/server/http/guard";
import { parse } from "@/server/parse";
import { toProblem } from "@/server/problem";

type Open<Input, Output> = { input: z.ZodType<Input>; run: (input: Input, asked: Headers) => Promise<Output> };
type Personal<Input, Output> = {
  /** A right about the console itself; absent: whoever is signed in may, because it is about themselves. */
  permission?: Permission;
  input: z.ZodType<Input>;
  run: (actor: Actor, input: Input, asked: Headers) => Promise<Output>;
};

/** The two shapes of an action that is about no cluster. The same guard as for all: which site asks; failures are values. */
async function answered<Output>(work: (asked: Headers) => Promise<Output>): Promise<ActionResult<Output>> {
  try {
    const asked = await headers();
    requireSameOrigin(asked);
    return { ok: true, data: await work(asked) };
  } catch (cause) {
    return { ok: false, problem: toProblem(cause, randomUUID()) };
  }
}

/** An action for somebody who is not signed in yet. Only signing in itself is one; what it looks at it must count as a guess. */
export function openAction<Input, Output>({ input, run }: Open<Input, Output>) {
  return async function action(raw: unknown): Promise<ActionResult<Output>> {
    return answered((asked) => run(parse(input, raw), asked));
  };
}

/** An action of somebody who is signed in, about themselves or (with a permission) about the console. */
export function personAction<Input, Output>({ permission, input, run }: Personal<Input, Output>) {
  return async function action(raw: unknown): Promise<ActionResult<Output>> {
    return answered(async (asked) => {
      const actor = await requireActor(asked);
      const parsed = parse(input, raw);
      if (permission) requireConsoleRight(actor, permission);
      return run(actor, parsed, asked);
    });
  };
}
