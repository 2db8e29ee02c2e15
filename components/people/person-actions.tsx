"use client";
import { useRouter } from "next/navigation";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import { problemOf } from "@/components/ui/query-state";
import { StatusWord } from "@/components/ui/status-word";
import type { Verdict } from "@/lib/domain/cluster";
import { managesPeople, mayDisable, mayGetPasswordLink } from "@/lib/domain/people-rules";
import type { PersonEntry } from "@/lib/domain/person";
import { useDisable, useEndSessionsOf, usePasswordLink } from "@/lib/queries/people";
import type { Overlay } from "./types";

type Props = { person: PersonEntry; people: readonly PersonEntry[]; onOverlay: (overlay: Overlay) => void };

/** What can be done about one person. What is not possible says why. */
export function PersonActions({ person, people, onOverlay }: Props) {
  const router = useRouter();
  const disabling = useDisable();
  const linking = usePasswordLink();
  const ending = useEndSessionsOf();
  const others = people.filter((other) => other.id !== person.id && managesPeople(other)).length;
  const done = { onSettled: () => router.refresh() };
  const error = disabling.error ?? linking.error ?? ending.error;
  const busy = disabling.isPending || linking.isPending || ending.isPending;
  return (
    <span className="inline-flex items-center gap-2">
      {error && (
        <span role="alert" className="max-w-60 whitespace-normal text-left text-11 text-bad">
          {problemOf(error).detail}
        </span>
      )}
      {busy && <StatusWord tone="running">at work</StatusWord>}
      <Menu
        label={`About ${person.name}`}
        trigger={<IconButton size="sm" icon="more" label={`Actions for ${person.name}`} />}
      >
        <MenuItem onSelect={() => onOverlay({ kind: "roles", person })}>Roles…</MenuItem>
        <MenuItem
          because={whyNot(mayGetPasswordLink(person))}
          onSelect={() =>
            linking.mutate(person.id, {
              ...done,
              onSuccess: (link) => onOverlay({ kind: "link", name: person.name, ...link }),
            })
          }
        >
          Link for a new password
        </MenuItem>
        <MenuItem
          because={person.sessions === 0 ? "Nobody is signed in with this account." : undefined}
          onSelect={() => ending.mutate(person.id, done)}
        >
          End all sessions
        </MenuItem>
        <MenuLine />
        {person.isDisabled ? (
          <MenuItem onSelect={() => disabling.mutate({ id: person.id, isDisabled: false }, done)}>Enable</MenuItem>
        ) : (
          <MenuItem
            danger
            because={whyNot(mayDisable(person, others))}
            onSelect={() => disabling.mutate({ id: person.id, isDisabled: true }, done)}
          >
            Disable
          </MenuItem>
        )}
      </Menu>
    </span>
  );
}

function whyNot(verdict: Verdict): string | undefined {
  return verdict.allowed ? undefined : verdict.because;
}
