"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { mayChoose, NO_PASSWORD, PasswordFields } from "@/components/live/password-fields";
import { Button } from "@/components/ui/button";
import { TitledPanel } from "@/components/ui/panel";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { StatusWord } from "@/components/ui/status-word";
import { TextField } from "@/components/ui/text-field";
import { ALLOWED, allOf, refused } from "@/lib/domain/cluster";
import { useChangePassword } from "@/lib/queries/account";

/** A new password, by somebody who knows the old one. */
export function PasswordPanel({ name }: { name: string }) {
  const router = useRouter();
  const [current, setCurrent] = useState("");
  const [chosen, setChosen] = useState(NO_PASSWORD);
  const changing = useChangePassword();
  const verdict = allOf(
    current === "" ? refused("The current password is missing.") : ALLOWED,
    mayChoose(chosen, name),
  );
  function send() {
    if (!verdict.allowed || changing.isPending) return;
    changing.mutate(
      { current, next: chosen.first },
      {
        onSuccess: () => {
          setCurrent("");
          setChosen(NO_PASSWORD);
          router.refresh();
        },
      },
    );
  }
  return (
    <TitledPanel title="Password" note="All your other sessions end when it changes.">
      <form
        className="flex max-w-sm flex-col gap-3 p-3"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {changing.error && <ProblemBanner problem={problemOf(changing.error)} />}
        <input type="hidden" name="username" autoComplete="username" value={name} readOnly />
        <TextField
          label="Current password"
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
        <PasswordFields chosen={chosen} name={name} onChange={setChosen} />
        <div className="flex items-center gap-3">
          <Button type="submit" because={verdict.allowed ? undefined : verdict.because} busy={changing.isPending}>
            Change the password
          </Button>
          <span role="status">{changing.isSuccess && <StatusWord tone="ok">Changed</StatusWord>}</span>
        </div>
      </form>
    </TitledPanel>
  );
}
