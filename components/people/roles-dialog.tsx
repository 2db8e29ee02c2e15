"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogSection } from "@/components/ui/dialog";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { managesPeople, mayGrant } from "@/lib/domain/people-rules";
import type { PersonEntry } from "@/lib/domain/person";
import { useGrantRoles } from "@/lib/queries/people";
import { GrantsFields } from "./grants-fields";
import type { KnownCluster } from "./types";

type Props = {
  person: PersonEntry;
  people: readonly PersonEntry[];
  clusters: readonly KnownCluster[];
  onClose: () => void;
};

/** Which roles somebody has from now on. */
export function RolesDialog({ person, people, clusters, onClose }: Props) {
  const router = useRouter();
  const [grants, setGrants] = useState(person.grants);
  const granting = useGrantRoles();
  const others = people.filter((other) => other.id !== person.id && managesPeople(other)).length;
  const verdict = mayGrant(person, grants, others);
  function send() {
    granting.mutate(
      { id: person.id, grants },
      {
        onSuccess: () => {
          router.refresh();
          onClose();
        },
      },
    );
  }
  return (
    <Dialog
      open
      width={560}
      onClose={onClose}
      title={`Roles of ${person.name}`}
      intro="They hold from the next request on. All sessions of this person end."
      footer={
        <>
          <Button data-autofocus="" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            because={verdict.allowed ? undefined : verdict.because}
            busy={granting.isPending}
            onClick={send}
          >
            Change the roles
          </Button>
        </>
      }
    >
      <DialogSection>
        {granting.error && <ProblemBanner problem={problemOf(granting.error)} className="mb-3" />}
        {!verdict.allowed && <p className="mb-3 text-12 text-text-2">{verdict.because}</p>}
        <GrantsFields grants={grants} clusters={clusters} onChange={setGrants} />
      </DialogSection>
    </Dialog>
  );
}
