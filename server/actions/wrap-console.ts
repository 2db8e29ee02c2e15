import "server-only";
import { headers } from "next/headers";
import type { z } from "zod";
import type { ActionResult } from "@/lib/action-result";
import type { Permission } from "@/lib/domain/permission";
import { type Actor, requireConsoleRight } from "@/server/auth/actor";
import { enterToChange } from "@/server/http/enter";
import { requireSameOrigin } from "@/server/http/guard";
import { refusalOf } from "@/server/http/refusal";
import { parse } from "@/server/parse";

type Open<Input, Output> = { input: z.ZodType<Input>; run: (input: Input, asked: Headers) => Promise<Output> };
type Personal<Input, Output> = {
  /** A right about the console itself; absent: whoever is signed in may, because it is about themselves. */
  permission?: Permission;
  input: z.ZodType<Input>;
  run: (actor: Actor, input: Input, asked: Headers) => Promise<Output>;
};

/** The work with its failures as values; a refusal leaves a line in the log. */
async function answered<Output>(work: (asked: Headers) => Promise<Output>): Promise<ActionResult<Output>> {
  const asked = await headers();
  try {
    return { ok: true, data: await work(asked) };
  } catch (cause) {
    return { ok: false, problem: refusalOf(cause, asked) };
  }
}

/** An action for somebody who is not signed in yet. Only signing in itself is one; what it looks at it must count as a guess. */
export function openAction<Input, Output>({ input, run }: Open<Input, Output>) {
  return async function action(raw: unknown): Promise<ActionResult<Output>> {
    return answered(async (asked) => {
      requireSameOrigin(asked);
      return run(parse(input, raw), asked);
    });
  };
}

/** An action of somebody who is signed in, about themselves or (with a permission) about the console. */
export function personAction<Input, Output>({ permission, input, run }: Personal<Input, Output>) {
  return async function action(raw: unknown): Promise<ActionResult<Output>> {
    return answered(async (asked) => {
      const actor = await enterToChange(asked);
      const parsed = parse(input, raw);
      if (permission) requireConsoleRight(actor, permission);
      return run(actor, parsed, asked);
    });
  };
}
