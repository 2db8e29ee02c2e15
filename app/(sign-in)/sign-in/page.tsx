import { SignInScreen } from "@/components/sign-in/sign-in-screen";
import { ERROR_CODES } from "@/lib/errors";
import { nextPath } from "@/lib/next-path";
import { lookingActor, whyOver } from "@/server/auth/page";
import { oidcSettings } from "@/server/auth/provider-settings";

export const metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const [actor, { next, refused }] = await Promise.all([lookingActor(), searchParams]);
  return (
    <SignInScreen
      next={nextPath(next)}
      signedInAs={actor?.name ?? null}
      provider={oidcSettings()?.name ?? null}
      whyOver={actor ? null : await whyOver()}
      refused={ERROR_CODES.find((code) => code === refused) ?? null}
    />
  );
}
