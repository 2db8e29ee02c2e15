import type { ReactNode } from "react";
import { PersonProvider } from "@/components/live/person";
import { ReauthDialog } from "@/components/live/reauth-dialog";
import { SignedOutDialog } from "@/components/live/signed-out-dialog";
import { QueryProvider } from "@/components/shell/query-provider";
import { lookingActor } from "@/server/auth/page";
import { signedInPerson } from "@/server/auth/signed-in-person";

/** Everything that shows live data shares one cache; going from screen to screen keeps what is known. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await lookingActor();
  return (
    <QueryProvider>
      <PersonProvider person={actor && (await signedInPerson(actor))}>
        {children}
        <ReauthDialog />
        <SignedOutDialog />
      </PersonProvider>
    </QueryProvider>
  );
}
