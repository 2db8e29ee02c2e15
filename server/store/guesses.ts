import "server-only";
import { z } from "zod";
import type { Guesses } from "@/lib/domain/guess-limit";
import { storeStatement } from "./database";
import type { Inside } from "./people";

const nothing = z.object({});

const READ = storeStatement({
  text: "select failures, last_at, blocked_until from guesses where subject = $1",
  row: z
    .object({ failures: z.number(), last_at: z.number(), blocked_until: z.number() })
    .transform(({ failures, last_at, blocked_until }) => ({ failures, lastAt: last_at, blockedUntil: blocked_until })),
});
const WRITE = storeStatement({
  text: `insert into guesses (subject, failures, last_at, blocked_until) values ($1, $2, $3, $4)
         on conflict (subject) do update
            set failures = excluded.failures, last_at = excluded.last_at, blocked_until = excluded.blocked_until`,
  row: nothing,
});
const DROP = storeStatement({ text: "delete from guesses where subject = $1", row: nothing });
/** A guess that proved right takes back itself and nothing else. */
const TAKE_BACK = storeStatement({
  text: "update guesses set failures = failures - 1, blocked_until = 0 where subject = $1 and failures > 0",
  row: nothing,
});
const FORGET = storeStatement({ text: "delete from guesses where last_at < $1", row: nothing });

export async function guessesAbout(inside: Inside, subject: string): Promise<Guesses | null> {
  return (await inside.all(READ, [subject]))[0] ?? null;
}

export async function writeGuesses(inside: Inside, subject: string, guesses: Guesses): Promise<void> {
  const { failures, lastAt, blockedUntil } = guesses;
  await inside.all(WRITE, [subject, failures, lastAt, blockedUntil]);
}

export async function dropGuesses(inside: Inside, subject: string): Promise<void> {
  await inside.all(DROP, [subject]);
}

export async function takeBackGuess(inside: Inside, subject: string): Promise<void> {
  await inside.all(TAKE_BACK, [subject]);
}

export async function forgetGuesses(inside: Inside, before: number): Promise<void> {
  await inside.all(FORGET, [before]);
}
