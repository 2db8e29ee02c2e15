import { LinkScreen } from "@/components/sign-in/link-screen";
import { lookingActor } from "@/server/auth/page";

export const metadata = { title: "Sign in by a link" };

/** Looking at this page uses nothing up: the token stands behind the # and never reaches the server before somebody presses the button. */
export default async function LinkPage() {
  await lookingActor();
  return <LinkScreen />;
}
