import "server-only";
import { headers } from "next/headers";
import type { z } from "zod";
import type { ActionResult } from "@/lib/action-result";
import type { Permission } from "@/lib/domain/permission";
import { isAppError } from "@/lib/errors";
import { appendAudit } from "@/server/audit/append";
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

/** An action for somebody who is not signed in yet. Only signing in itself is one; what it looks at it must count as a guess. */
export function openAction<Input, Output>({ input, run }: Open<Input, Output>) {
  return async function action(raw: unknown): Promise<ActionResult<Output>> {
    const asked = await headers();
    try {
      requireSameOrigin(asked);
      return { ok: true, data: await run(parse(input, raw), asked) };
    } catch (cause) {
      return { ok: false, problem: refusalOf(cause, asked) };
    }
  };
}

/** An action of somebody who is signed in, about themselves or (with a permission) about the console. */
export function personAction<Input, Output>({ permission, input, run }: Personal<Input, Output>) {
  return async function action(raw: unknown): Promise<ActionResult<Output>> {
    const asked = await headers();
    let person: string | undefined;
    try {
      const actor = await enterToChange(asked);
      person = actor.id;
      if (permission) await requireOnRecord(actor, permission);
      // Only now: who may not do it does not learn what the input would have to be.
      return { ok: true, data: await run(actor, parse(input, raw), asked) };
    } catch (cause) {
      return { ok: false, problem: refusalOf(cause, asked, person) };
    }
  };
}

/** Somebody who tries without the right is on record. */
async function requireOnRecord(actor: Actor, permission: Permission): Promise<void> {
  try {
    requireConsoleRight(actor, permission);
  } catch (cause) {
    if (isAppError(cause) && cause.code === "not_allowed")
      await appendAudit({ kind: "refused", actor, details: { permission, because: cause.message } });
    throw cause;
  }
}
