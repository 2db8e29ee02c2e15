"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { TitledPanel } from "@/components/ui/panel";
import type { PersonEntry } from "@/lib/domain/person";
import { InviteDialog } from "./invite-dialog";
import { LinkDialog } from "./link-dialog";
import { PeopleTable } from "./people-table";
import { RolesDialog } from "./roles-dialog";
import type { KnownCluster, Overlay } from "./types";

type Props = { people: readonly PersonEntry[]; clusters: readonly KnownCluster[]; you: string };

/** Everybody who may enter, with their roles. Every change here is on the audit and holds from the next request on. */
export function PeopleScreen({ people, clusters, you }: Props) {
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const close = () => setOverlay(null);
  return (
    <>
      <TitledPanel
        title="People"
        note={`${people.length} known to this console`}
        actions={
          <Button size="sm" icon="plus" onClick={() => setOverlay({ kind: "invite" })}>
            Invite…
          </Button>
        }
      >
        <PeopleTable people={people} clusters={clusters} you={you} onOverlay={setOverlay} />
      </TitledPanel>
      {overlay?.kind === "invite" && (
        <InviteDialog clusters={clusters} onClose={close} onInvited={(link) => setOverlay({ kind: "link", ...link })} />
      )}
      {overlay?.kind === "roles" && (
        <RolesDialog person={overlay.person} people={people} clusters={clusters} onClose={close} />
      )}
      {overlay?.kind === "link" && <LinkDialog {...overlay} onClose={close} />}
    </>
  );
}
