"use client";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { Panel } from "@/components/ui/panel";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { TextField } from "@/components/ui/text-field";
import type { ErrorCode } from "@/lib/errors";
import { useSignIn } from "@/lib/queries/sign-in";
import { routes } from "@/lib/routes";
import { FormTitle } from "./form-title";

type Props = {
  next: string;
  signedInAs: string | null;
  /** What the OpenID provider is called; null: there is none. */
  provider: string | null;
  /** What went wrong at the provider; null: nothing did. */
  refused: ErrorCode | null;
  /** Why the session that this browser had is over; null: it had none. */
  whyOver: string | null;
};

/** Name and password. Whoever was sent here from a page goes back to it. */
export function SignInScreen({ next, signedInAs, provider, refused, whyOver }: Props) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [wasSent, setWasSent] = useState(false);
  const signing = useSignIn();
  /** By what stands in the fields: a password manager may fill them in without telling React. */
  function send(form: HTMLFormElement) {
    const [typedName, typedPassword] = ["username", "password"].map((field) => String(new FormData(form).get(field)));
    setWasSent(true);
    if (!typedName || !typedPassword || signing.isPending) return;
    const typed = { name: typedName, password: typedPassword };
    signing.mutate(typed, { onSuccess: () => window.location.assign(next) });
  }
  return (
    <>
      <FormTitle title="Sign in">
        {signedInAs === null || signing.isPending || signing.isSuccess ? (
          (whyOver ?? "To look at clusters and to change them.")
        ) : (
          <>
            You are signed in as {signedInAs}. <Link href={next}>Go on</Link>, or sign in as somebody else.
          </>
        )}
      </FormTitle>
      {signing.error ? (
        <ProblemBanner problem={problemOf(signing.error)} />
      ) : (
        refused && (
          <ProblemBanner
            problem={{ code: refused, detail: `${provider ?? "The provider"} sent you back.`, traceId: "" }}
          />
        )
      )}
      {provider !== null && (
        // A link of the browser's own: the way leads out of the console, which Next's links would try to load from inside.
        <a href={routes.provider(next)} className={buttonLook({ variant: "default", size: "md", className: "w-full" })}>
          Sign in with {provider}
        </a>
      )}
      <Panel label="Sign in" className="p-4">
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            send(event.currentTarget);
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
            error={wasSent && name === "" ? "The name is missing." : undefined}
            autoFocus
          />
          <TextField
            label="Password"
            name="password"
            type="password"
            value={password}
            onChange={setPassword}
            autoComplete="current-password"
            error={wasSent && password === "" ? "The password is missing." : undefined}
          />
          <Button type="submit" variant="primary" busy={signing.isPending || signing.isSuccess}>
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
