"use client";
import { TextField } from "@/components/ui/text-field";
import type { Verdict } from "@/lib/domain/cluster";
import { ALLOWED, refused } from "@/lib/domain/cluster";
import { mayBePassword, SHORTEST_PASSWORD } from "@/lib/domain/password";

export type ChosenPassword = { first: string; again: string };
export const NO_PASSWORD: ChosenPassword = { first: "", again: "" };

type Props = { chosen: ChosenPassword; name: string; onChange: (chosen: ChosenPassword) => void };

/** A new password, typed twice. What is wrong with it is said while it is typed. */
export function PasswordFields({ chosen, name, onChange }: Props) {
  const verdict = mayBePassword(chosen.first, name);
  const length = [...chosen.first].length;
  const hint = verdict.allowed
    ? `${length} characters: good.`
    : `At least ${SHORTEST_PASSWORD} characters; length is what counts, so a sentence is better than signs.`;
  const isWrong = !verdict.allowed && length >= SHORTEST_PASSWORD;
  const differs = chosen.again !== "" && chosen.again !== chosen.first;
  return (
    <>
      <TextField
        label="New password"
        type="password"
        autoComplete="new-password"
        value={chosen.first}
        onChange={(first) => onChange({ ...chosen, first })}
        hint={hint}
        error={isWrong && !verdict.allowed ? verdict.because : undefined}
      />
      <TextField
        label="The same once more"
        type="password"
        autoComplete="new-password"
        value={chosen.again}
        onChange={(again) => onChange({ ...chosen, again })}
        error={differs ? "The two differ." : undefined}
      />
    </>
  );
}

/** May this be sent, and if not, why. The server decides again. */
export function mayChoose({ first, again }: ChosenPassword, name: string): Verdict {
  const verdict = mayBePassword(first, name);
  if (!verdict.allowed) return verdict;
  return first === again ? ALLOWED : refused("The two passwords differ.");
}
