import { useMutation } from "@tanstack/react-query";
import { unwrap } from "@/lib/action-result";
import { routes } from "@/lib/routes";
import * as account from "@/server/actions/account";

/** Whether this browser is signed in after all. A failure of another kind is no answer, and counts as yes. */
export async function isSignedIn(): Promise<boolean> {
  const answer = await account.askSignedIn({}).catch(() => null);
  return answer === null || answer.ok || answer.problem.code !== "not_signed_in";
}

/** Ends the session, then lets the browser clear what it keeps of the console. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => unwrap(account.signOut({})),
    onSuccess: () => window.location.assign(routes.signedOut()),
  });
}

export function useReauthenticate() {
  return useMutation({ mutationFn: (password: string) => unwrap(account.reauthenticate({ password })) });
}

export function useChangePassword() {
  return useMutation({
    mutationFn: (passwords: { current: string; next: string }) => unwrap(account.changePassword(passwords)),
  });
}

export function useEndOwnSession() {
  return useMutation({ mutationFn: (id: string) => unwrap(account.endOwnSession({ id })) });
}

export function useEndOtherSessions() {
  return useMutation({ mutationFn: () => unwrap(account.endOtherSessions({})) });
}
