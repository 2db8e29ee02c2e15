"use client";
import { useState } from "react";
import { mayChoose, NO_PASSWORD, PasswordFields } from "@/components/live/password-fields";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { TextField } from "@/components/ui/text-field";
import { ALLOWED, allOf, refused } from "@/lib/domain/cluster";
import { type LinkPurpose, signInNameSchema } from "@/lib/domain/person";
import { useRedeem } from "@/lib/queries/sign-in";
import { routes } from "@/lib/routes";
import { FormTitle } from "./form-title";

type Facts = { purpose: LinkPurpose; name: string | null };

const TITLES: Record<LinkPurpose, string> = {
  "first-admin": "You are the first",
  "sign-in": "Sign in",
  invitation: "You are invited",
  "new-password": "A new password",
};
const DEEDS: Record<LinkPurpose, string> = {
  "first-admin": "Become admin",
  "sign-in": "Sign in",
  invitation: "Set the password and sign in",
  "new-password": "Set the password and sign in",
};

/** What a link asks of its holder: for the first admin a name and a password, for others a password, or only the press of a button. */
export function LinkForm({ token, facts: { purpose, name } }: { token: string; facts: Facts }) {
  const [typedName, setTypedName] = useState("");
  const [password, setPassword] = useState(NO_PASSWORD);
  const redeeming = useRedeem(token);
  const isFirst = purpose === "first-admin";
  const wantsPassword = purpose !== "sign-in";
  const who = isFirst ? typedName : (name ?? "");
  const verdict = allOf(isFirst ? mayBeName(typedName) : ALLOWED, wantsPassword ? mayChoose(password, who) : ALLOWED);
  function send() {
    if (!verdict.allowed || redeeming.isPending) return;
    const chosen = { ...(isFirst && { name: typedName }), ...(wantsPassword && { password: password.first }) };
    redeeming.mutate(chosen, { onSuccess: () => window.location.replace(routes.home()) });
  }
  return (
    <>
      <FormTitle title={TITLES[purpose]}>{sentenceFor(purpose, name)}</FormTitle>
      {redeeming.error && <ProblemBanner problem={problemOf(redeeming.error)} />}
      <Panel label={TITLES[purpose]} className="p-4">
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          {isFirst && <NameField value={typedName} onChange={setTypedName} />}
          {!isFirst && <input type="hidden" name="username" autoComplete="username" value={who} readOnly />}
          {wantsPassword && <PasswordFields chosen={password} name={who} onChange={setPassword} />}
          <Button
            type="submit"
            variant="primary"
            because={verdict.allowed ? undefined : verdict.because}
            busy={redeeming.isPending || redeeming.isSuccess}
          >
            {DEEDS[purpose]}
          </Button>
        </form>
      </Panel>
    </>
  );
}

function NameField({ value, onChange }: { value: string; onChange: (name: string) => void }) {
  const verdict = mayBeName(value);
  return (
    <TextField
      label="Name"
      name="username"
      value={value}
      onChange={onChange}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      hint="What you type to sign in, and what the record says who did something."
      error={value === "" || verdict.allowed ? undefined : verdict.because}
    />
  );
}

function mayBeName(name: string) {
  const parsed = signInNameSchema.safeParse(name);
  return parsed.success ? ALLOWED : refused(`The name: ${parsed.error.issues[0]?.message}`);
}

function sentenceFor(purpose: LinkPurpose, name: string | null): string {
  if (purpose === "first-admin")
    return "Nobody can sign in to this console yet. Choose a name and a password; you will be admin of all its clusters.";
  if (purpose === "sign-in") return `This link signs you in as ${name ?? "—"}, once.`;
  if (purpose === "invitation") return `Your name here is ${name ?? "—"}. Choose a password.`;
  return `For ${name ?? "—"}. All sessions of this account end when the password changes.`;
}
