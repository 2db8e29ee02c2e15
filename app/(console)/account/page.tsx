import { AccountScreen } from "@/components/account/account-screen";
import { PlainFrame } from "@/components/shell/plain-frame";
import { routes } from "@/lib/routes";
import { hasPassword, ownSessions } from "@/server/auth/account";
import { pageActor } from "@/server/auth/page";

export const metadata = { title: "Your account" };

export default async function AccountPage({ searchParams }: PageProps<"/account">) {
  const actor = await pageActor(routes.account(), searchParams);
  const [sessions, knowsPassword] = await Promise.all([ownSessions(actor), hasPassword(actor)]);
  return (
    <PlainFrame title="Your account" who={actor.name}>
      <AccountScreen name={actor.name} hasPassword={knowsPassword} sessions={sessions} />
    </PlainFrame>
  );
}
