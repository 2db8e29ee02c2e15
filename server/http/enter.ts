import "server-only";
import { AppError } from "@/lib/errors";
import type { Actor } from "@/server/auth/actor";
import { requireActor } from "@/server/auth/require-actor";
import { env } from "@/server/env";
import { type Budget, createBudget } from "./budget";
import { refuseCrossSite, requireSameOrigin } from "./guard";

/** On globalThis: actions and route handlers are separate module graphs, and a person has one budget. */
const holder = globalThis as typeof globalThis & { __shardboardBudget?: Budget };

/**
 * The door of everything that only reads: which site asks, who asks, and whether they ask too often.
 *
 * @throws AppError `wrong_host`, `cross_site`, `not_signed_in`, `too_many_requests`
 */
export async function enterToRead(headers: Headers): Promise<Actor> {
  refuseCrossSite(headers);
  return withinBudget(await requireActor(headers));
}

/** The same for whatever may change something: the page that asks must be our own. */
export async function enterToChange(headers: Headers): Promise<Actor> {
  requireSameOrigin(headers);
  return withinBudget(await requireActor(headers));
}

function withinBudget(actor: Actor): Actor {
  holder.__shardboardBudget ??= createBudget(env().REQUESTS_PER_SECOND);
  if (holder.__shardboardBudget.spend(actor.id)) return actor;
  throw new AppError("too_many_requests", "You have sent more requests in the last seconds than ten open screens do.");
}
