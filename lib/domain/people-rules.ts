import { ALLOWED, refused, type Verdict } from "./cluster";
import type { Grant, PersonEntry } from "./person";

type Known = Pick<PersonEntry, "id" | "issuer" | "grants" | "isDisabled" | "canSignIn">;

/** Whether somebody can manage people today. */
export function managesPeople({ grants, isDisabled, canSignIn }: Omit<Known, "id" | "issuer">): boolean {
  return !isDisabled && canSignIn && grants.some(({ cluster, role }) => cluster === "*" && role === "admin");
}

const LAST = "This is the last admin of all clusters who can sign in. Make somebody else one first.";

/** May somebody's roles become these? `otherAdmins`: how many others can manage people. */
export function mayGrant(person: Known, grants: readonly Grant[], otherAdmins: number): Verdict {
  if (person.issuer !== "local")
    return refused("The roles of this person come from the sign-in provider, anew at each sign-in. Change them there.");
  const isLast = managesPeople(person) && otherAdmins === 0;
  return isLast && !managesPeople({ ...person, grants: [...grants] }) ? refused(LAST) : ALLOWED;
}

export function mayDisable(person: Known, otherAdmins: number): Verdict {
  return managesPeople(person) && otherAdmins === 0 ? refused(LAST) : ALLOWED;
}

export function mayGetPasswordLink(person: Known): Verdict {
  if (person.issuer !== "local") return refused("This person signs in elsewhere and has no password here.");
  return person.isDisabled ? refused("The account is disabled.") : ALLOWED;
}
