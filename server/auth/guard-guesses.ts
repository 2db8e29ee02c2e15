import "server-only";
import { createHash } from "node:crypto";
import { afterGuess, GUESS_LIMITS, GUESSES_FORGOTTEN_AFTER_MS, waitOf } from "@/lib/domain/guess-limit";
import { AppError } from "@/lib/errors";
import type { Database } from "@/server/store/database";
import { dropGuesses, forgetGuesses, guessesAbout, takeBackGuess, writeGuesses } from "@/server/store/guesses";
import { state } from "@/server/store/state";
import { authNow } from "./clock";

/** Whose secret is tried, from where. `account`: a person's id, whether or not there is such a person; null: a link, which names nobody. */
export type Guesser = { account: string | null; from: string };

/**
 * The one way to look whether a secret is right. Counts the guess before it is looked at, so that a thousand at the same moment are
 * not a thousand looks; what proves right is taken back. null from `look`: wrong.
 *
 * @throws AppError `too_many_requests`, in the same words whether or not the account exists
 */
export async function guessed<T>(guesser: Guesser, look: () => Promise<T | null>): Promise<T | null> {
  const database = await state();
  const subjects = subjectsOf(guesser);
  await refuseBlocked(database, subjects, authNow());
  await database.transaction(async (inside) => {
    const now = authNow();
    await refuseBlocked(inside, subjects, now);
    for (const { subject, limit } of subjects)
      await writeGuesses(inside, subject, afterGuess(await guessesAbout(inside, subject), limit, now));
    await forgetGuesses(inside, now - 2 * GUESSES_FORGOTTEN_AFTER_MS);
  });
  const found = await look();
  if (found !== null)
    await database.transaction(async (inside) => {
      // The account begins anew. The address only gets this guess back: one own account must not buy guesses at others.
      for (const { subject, isAccount } of subjects)
        await (isAccount ? dropGuesses(inside, subject) : takeBackGuess(inside, subject));
    });
  return found;
}

type Subject = { subject: string; isAccount: boolean; limit: (typeof GUESS_LIMITS)[keyof typeof GUESS_LIMITS] };

/** Hashed: people type their password into the field for the name. */
function subjectsOf({ account, from }: Guesser): Subject[] {
  const byAddress = { subject: `address:${from}`, isAccount: false, limit: GUESS_LIMITS.address };
  if (account === null) return [byAddress];
  const hash = createHash("sha256").update(account).digest("hex");
  return [{ subject: `account:${hash}`, isAccount: true, limit: GUESS_LIMITS.account }, byAddress];
}

async function refuseBlocked(inside: Pick<Database, "all">, subjects: readonly Subject[], now: number): Promise<void> {
  const waits = await Promise.all(
    subjects.map(async ({ subject, limit }) => waitOf(await guessesAbout(inside, subject), limit, now)),
  );
  const wait = Math.max(...waits);
  if (wait > 0)
    throw new AppError(
      "too_many_requests",
      `There were too many wrong attempts for this name or from this address. The next one is looked at in ${Math.ceil(wait / 1000)} s.`,
    );
}
