"use client";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { TextField } from "@/components/ui/text-field";
import { useSignIn } from "@/lib/queries/sign-in";
import { FormTitle } from "./form-title";

type Props = { next: string; signedInAs: string | null };

/** Name and password. Whoever was sent here from a page goes back to it. */
export function SignInScreen({ next, signedInAs }: Props) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const signing = useSignIn();
  const missing = name === "" ? "The name is missing." : password === "" ? "The password is missing." : undefined;
  function send() {
    if (missing !== undefined || signing.isPending) return;
    signing.mutate({ name, password }, { onSuccess: () => window.location.assign(next) });
  }
  return (
    <>
      <FormTitle title="Sign in">
        {signedInAs === null ? (
          "To look at clusters and to change them."
        ) : (
          <>
            You are signed in as {signedInAs}. <Link href={next}>Go on</Link>, or sign in as somebody else.
          </>
        )}
      </FormTitle>
      {signing.error && <ProblemBanner problem={problemOf(signing.error)} />}
      <Panel label="Sign in" className="p-4">
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <TextField
            label="Name"
            name="username"
            value={name}
            onChange={setName}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
          />
          <TextField
            label="Password"
            name="password"
            type="password"
            value={password}
            onChange={setPassword}
            autoComplete="current-password"
          />
          <Button type="submit" variant="primary" because={missing} busy={signing.isPending || signing.isSuccess}>
            Sign in
          </Button>
        </form>
      </Panel>
      <p className="text-12 text-text-3">
        No account, or the password is lost? An admin of this console makes a link for you under People.
      </p>
    </>
  );
}
