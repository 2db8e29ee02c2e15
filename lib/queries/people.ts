import { useMutation } from "@tanstack/react-query";
import { unwrap } from "@/lib/action-result";
import type { Grant } from "@/lib/domain/person";
import { withProof } from "@/lib/proof";
import * as people from "@/server/actions/people";

/** Each asks for a fresh proof of identity where the last one is older than five minutes, and is then sent again. */
export function useInvite() {
  return useMutation({
    mutationFn: (person: { name: string; grants: readonly Grant[] }) =>
      withProof(() => unwrap(people.invitePerson(person))),
  });
}

export function useGrantRoles() {
  return useMutation({
    mutationFn: (change: { id: string; grants: readonly Grant[] }) =>
      withProof(() => unwrap(people.grantRoles(change))),
  });
}

export function useDisable() {
  return useMutation({
    mutationFn: (change: { id: string; isDisabled: boolean }) => withProof(() => unwrap(people.disablePerson(change))),
  });
}

export function usePasswordLink() {
  return useMutation({ mutationFn: (id: string) => withProof(() => unwrap(people.makePasswordLink({ id }))) });
}

export function useEndSessionsOf() {
  return useMutation({ mutationFn: (id: string) => withProof(() => unwrap(people.endSessionsOf({ id }))) });
}
