"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogSection } from "@/components/ui/dialog";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { TextField } from "@/components/ui/text-field";
import { type Grant, signInNameSchema } from "@/lib/domain/person";
import { useInvite } from "@/lib/queries/people";
import { GrantsFields } from "./grants-fields";
import type { KnownCluster, MadeLink } from "./types";

type Props = { clusters: readonly KnownCluster[]; onClose: () => void; onInvited: (link: MadeLink) => void };

/** A name and roles; the answer is a link to be handed over. Nothing is sent by mail. */
export function InviteDialog({ clusters, onClose, onInvited }: Props) {
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const [grants, setGrants] = useState<Grant[]>([{ cluster: "*", role: "viewer" }]);
  const inviting = useInvite();
  const name = signInNameSchema.safeParse(typed);
  const because = name.success
    ? undefined
    : typed === ""
      ? "The name is missing."
      : `The name: ${name.error.issues[0]?.message}`;
  function send() {
    if (!name.success || inviting.isPending) return;
    inviting.mutate(
      { name: name.data, grants },
      {
        onSuccess: (link) => {
          router.refresh();
          onInvited({ name: name.data, ...link });
        },
      },
    );
  }
  return (
    <Dialog
      open
      width={560}
      onClose={onClose}
      title="Invite somebody"
      intro="You get a link to hand over. Whoever opens it chooses the password."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="invite" because={because} busy={inviting.isPending}>
            Make the link
          </Button>
        </>
      }
    >
      <DialogSection>
        <form
          id="invite"
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          {inviting.error && <ProblemBanner problem={problemOf(inviting.error)} />}
          <TextField
            label="Name"
            data-autofocus=""
            value={typed}
            onChange={setTyped}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            hint="What they type to sign in, and what the record says who did something."
          />
          <GrantsFields grants={grants} clusters={clusters} onChange={setGrants} />
        </form>
      </DialogSection>
    </Dialog>
  );
}
