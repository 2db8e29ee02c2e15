import { queryOptions, useMutation } from "@tanstack/react-query";
import { unwrap } from "@/lib/action-result";
import { askLink, redeem, signIn } from "@/server/actions/sign-in";

/** The cookie is set when it resolves. Whoever goes on from there loads the page anew: nothing of an earlier person may stay. */
export function useSignIn() {
  return useMutation({ mutationFn: (typed: { name: string; password: string }) => unwrap(signIn(typed)) });
}

export function linkQuery(token: string) {
  return queryOptions({
    queryKey: ["link", token] as const,
    queryFn: () => unwrap(askLink({ token })),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}

export function useRedeem(token: string) {
  return useMutation({
    mutationFn: (chosen: { name?: string; password?: string }) => unwrap(redeem({ token, ...chosen })),
  });
}
