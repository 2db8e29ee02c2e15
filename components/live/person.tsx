"use client";
import { createContext, type ReactNode, useContext } from "react";

/** The person at the browser, apart from any cluster. */
export type SignedInPerson = {
  id: string;
  name: string;
  managesPeople: boolean;
  /** How they can prove once more who they are: a password here, or the sign-in provider of that name. */
  proof: { password: boolean; provider: string | null };
};

const PersonContext = createContext<SignedInPerson | null>(null);

export function PersonProvider({ person, children }: { person: SignedInPerson | null; children: ReactNode }) {
  return <PersonContext value={person}>{children}</PersonContext>;
}

/** null: nobody is signed in, and a page that asks who is there sends them to sign in. */
export function usePerson(): SignedInPerson | null {
  return useContext(PersonContext);
}
