"use client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

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
        defaultOptions: {
          queries: { retry: false, networkMode: "always" },
          mutations: { networkMode: "always" },
        },
      }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
