"use client";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogSection } from "@/components/ui/dialog";
import { onProofWanted } from "@/lib/proof";
import { useReauthenticate } from "@/lib/queries/account";
import { ByProvider } from "./by-provider";
import { PasswordAgain, PasswordProblem } from "./password-again";
import { type SignedInPerson, usePerson } from "./person";

type Waiting = { resolve: () => void; reject: (why: Error) => void };

/** Asks once more who somebody is, whenever a deed wants it (`withProof`); the deed is then sent again. */
export function ReauthDialog() {
  const person = usePerson();
  const waiting = useRef<Waiting[]>([]);
  const [isOpen, setOpen] = useState(false);
  useEffect(
    () =>
      onProofWanted(
        () =>
          new Promise<void>((resolve, reject) => {
            waiting.current.push({ resolve, reject });
            setOpen(true);
          }),
      ),
    [],
  );
  function close(isProven: boolean) {
    setOpen(false);
    for (const { resolve, reject } of waiting.current.splice(0))
      isProven ? resolve() : reject(new Error("no proof was given"));
  }
  if (!isOpen || !person) return null;
  return <OpenDialog person={person} onProven={() => close(true)} onCancel={() => close(false)} />;
}

type OpenProps = { person: SignedInPerson; onProven: () => void; onCancel: () => void };

function OpenDialog({ person, onProven, onCancel }: OpenProps) {
  const [password, setPassword] = useState("");
  const proving = useReauthenticate();
  const { proof } = person;
  const missing = password === "" ? "The password is missing." : undefined;
  function send() {
    if (missing === undefined && !proving.isPending) proving.mutate(password, { onSuccess: onProven });
  }
  return (
    <Dialog
      open
      width={480}
      onClose={onCancel}
      title="Is it still you?"
      intro={`You are signed in as ${person.name}, and your last proof of it is more than five minutes old. Nothing was done yet; afterwards it is done.`}
      footer={
        <>
          <Button onClick={onCancel}>Cancel</Button>
          {proof.password && (
            <Button variant="primary" type="submit" form="reauth" because={missing} busy={proving.isPending}>
              Go on
            </Button>
          )}
          {!proof.password && proof.provider !== null && (
            <Button variant="primary" onClick={onProven}>
              I have done it: go on
            </Button>
          )}
        </>
      }
    >
      <DialogSection>
        <PasswordProblem error={proving.error} />
        {proof.password && (
          <PasswordAgain id="reauth" label="Password" value={password} onChange={setPassword} onSubmit={send} />
        )}
        {proof.provider !== null && <ByProvider name={proof.provider} isProof />}
        {!proof.password && proof.provider === null && (
          <p className="text-text-2">
            You signed in without a password of this console. Sign out, sign in anew, and repeat it within five minutes.
          </p>
        )}
      </DialogSection>
    </Dialog>
  );
}
