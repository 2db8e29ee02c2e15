"use client";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { type SignedInPerson, usePerson } from "@/components/live/person";
import { Icon } from "@/components/ui/icon";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu";
import { SrOnly } from "@/components/ui/sr-only";
import { useSignOut } from "@/lib/queries/account";
import { routes } from "@/lib/routes";

type Props = {
  name: string;
  /** The role on what is looked at; absent where that is no one cluster. */
  role?: string;
};

/** Who is at the browser, and what they can do about it: their account, people, sign out. */
export function PersonMenu({ name, role }: Props) {
  const person = usePerson();
  const face = <Face name={name} {...(role !== undefined && { role })} />;
  if (!person) return <div className="flex min-w-0 items-center gap-2 px-2 py-1">{face}</div>;
  return (
    <KnownPerson person={person}>
      <SrOnly>You: </SrOnly>
      {face}
    </KnownPerson>
  );
}

type KnownProps = { person: SignedInPerson; children: ReactNode };

function KnownPerson({ person, children }: KnownProps) {
  const router = useRouter();
  const signingOut = useSignOut();
  return (
    <Menu
      label="You"
      align="start"
      trigger={
        <button
          type="button"
          className="flex w-full min-w-0 items-center gap-2 rounded-2 px-2 py-1 text-left hover:bg-surface-2"
        >
          {children}
          <Icon name="more" className="ml-auto size-4 flex-none text-text-3" />
        </button>
      }
    >
      <MenuItem icon="key" onSelect={() => router.push(routes.account())}>
        Your account
      </MenuItem>
      {person.managesPeople && (
        <MenuItem icon="lock" onSelect={() => router.push(routes.people())}>
          People
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem icon="arrow-right" onSelect={() => signingOut.mutate()}>
        {signingOut.error ? "Signing out did not work: try again" : "Sign out"}
      </MenuItem>
    </Menu>
  );
}

function Face({ name, role }: Props) {
  return (
    <>
      <span
        aria-hidden="true"
        className="grid size-6 flex-none place-items-center rounded-full bg-surface-3 font-semibold text-11 uppercase"
      >
        {name.slice(0, 2)}
      </span>
      <span className="min-w-0">
        <span className="block truncate font-medium text-12">{name} </span>
        {role !== undefined && <span className="block text-11 text-text-3">{role}</span>}
      </span>
    </>
  );
}
