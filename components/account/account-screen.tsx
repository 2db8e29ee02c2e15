"use client";
import type { OwnSession } from "@/lib/domain/person";
import { PasswordPanel } from "./password-panel";
import { SessionsPanel } from "./sessions-panel";

type Props = { name: string; hasPassword: boolean; sessions: readonly OwnSession[] };

/** What belongs to the person at the browser: where they are signed in, and their password. */
export function AccountScreen({ name, hasPassword, sessions }: Props) {
  return (
    <>
      <SessionsPanel sessions={sessions} />
      {hasPassword && <PasswordPanel name={name} />}
    </>
  );
}
