import "server-only";
import { AppError } from "@/lib/errors";

/** One per browser is what the console itself opens; the rest is for people with several browsers and machines. */
const MOST = 10;

const taken = new Map<string, number>();

/**
 * A place for one more open event stream of that person; returns how to give it back, which may be called twice.
 *
 * @throws AppError `too_many_requests` when all are taken; the browser then asks every few seconds instead of listening
 */
export function takeStreamPlace(person: string): () => void {
  const already = taken.get(person) ?? 0;
  if (already >= MOST)
    throw new AppError("too_many_requests", `You have ${MOST} browsers listening already. Close one of them.`);
  taken.set(person, already + 1);
  let isMine = true;
  return () => {
    if (!isMine) return;
    isMine = false;
    const left = (taken.get(person) ?? 1) - 1;
    if (left > 0) taken.set(person, left);
    else taken.delete(person);
  };
}
