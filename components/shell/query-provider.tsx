"use client";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { noticeSignedOut } from "@/lib/signed-out";

/**
 * One cache per browser tab. In state, not in the module: on the server a module is shared by everybody.
 *
 * It asks also while the browser takes itself for offline: a console on this machine answers then as before, and any
 * other's silence must be an error that is said, where a paused question would leave old values looking live.
 */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        queryCache: new QueryCache({ onError: noticeSignedOut }),
        mutationCache: new MutationCache({ onError: noticeSignedOut }),
        defaultOptions: {
          queries: { retry: false, networkMode: "always" },
          mutations: { networkMode: "always" },
        },
      }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
