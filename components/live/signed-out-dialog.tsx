"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { Dialog, DialogSection } from "@/components/ui/dialog";
import type { Problem } from "@/lib/errors";
import { isSignedIn } from "@/lib/queries/account";
import { useSignIn } from "@/lib/queries/sign-in";
import { routes } from "@/lib/routes";
import { signedInAgain, signedOutStore } from "@/lib/signed-out";
import { PasswordAgain, PasswordProblem } from "./password-again";
import { type SignedInPerson, usePerson } from "./person";

/**
 * The session is over while a page is open. The page stays, with its address and what is typed into it; whoever signs in here
 * goes on where they were.
 */
export function SignedOutDialog() {
  const person = usePerson();
  const problem = useSyncExternalStore(signedOutStore.subscribe, signedOutStore.get, () => null);
  const queryClient = useQueryClient();
  const [confirmed, setConfirmed] = useState<Problem | null>(null);
  useEffect(() => {
    if (problem === null) return setConfirmed(null);
    let isCurrent = true;
    isSignedIn().then((isIn) => {
      if (!isCurrent) return;
      if (!isIn) return setConfirmed(problem);
      // The cookie was renewed while that answer was on its way.
      signedInAgain();
      void queryClient.invalidateQueries();
    });
    return () => {
      isCurrent = false;
    };
  }, [problem, queryClient]);
  if (confirmed === null || person === null) return null;
  return <OpenDialog person={person} problem={confirmed} />;
}

function OpenDialog({ person, problem }: { person: SignedInPerson; problem: Problem }) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const [password, setPassword] = useState("");
  const signing = useSignIn();
  const missing = password === "" ? "The password is missing." : undefined;
  /** Rights and names may have changed: the frame is drawn anew by the server. */
  function goOn() {
    signedInAgain();
    router.refresh();
    void queryClient.invalidateQueries();
  }
  function send() {
    if (missing === undefined && !signing.isPending)
      signing.mutate({ name: person.name, password }, { onSuccess: goOn });
  }
  return (
    <Dialog
      open
      width={480}
      onClose={goOn}
      title="You are signed out"
      intro={`${problem.detail} What is on this page stays, and was true when it was read.`}
      footer={
        <>
          <a href={routes.signIn()} target="_blank" rel="noreferrer" className={buttonLook({ variant: "default" })}>
            Sign in otherwise, in a new tab
          </a>
          {person.proof.password ? (
            <Button variant="primary" type="submit" form="sign-in-again" because={missing} busy={signing.isPending}>
              Sign in
            </Button>
          ) : (
            <Button variant="primary" onClick={goOn}>
              I am signed in: go on
            </Button>
          )}
        </>
      }
    >
      <DialogSection>
        <PasswordProblem error={signing.error} />
        {person.proof.password ? (
          <PasswordAgain
            id="sign-in-again"
            label={`Password of ${person.name}`}
            value={password}
            onChange={setPassword}
            onSubmit={send}
          />
        ) : (
          <p className="text-text-2">Sign in in a new tab as you did before, then come back to this one.</p>
        )}
      </DialogSection>
    </Dialog>
  );
}
