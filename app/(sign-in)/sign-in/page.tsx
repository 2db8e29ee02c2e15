import { SignInScreen } from "@/components/sign-in/sign-in-screen";
import { nextPath } from "@/lib/next-path";
import { lookingActor } from "@/server/auth/page";

export const metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const [actor, { next }] = await Promise.all([lookingActor(), searchParams]);
  return <SignInScreen next={nextPath(next)} signedInAs={actor?.name ?? null} />;
}
