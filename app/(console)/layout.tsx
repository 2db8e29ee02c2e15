import type { ReactNode } from "react";
import { QueryProvider } from "@/components/shell/query-provider";

/** Everything that shows live data shares one cache; going from screen to screen keeps what is known. */
export default function ConsoleLayout({ children }: { children: ReactNode }) {
  return <QueryProvider>{children}</QueryProvider>;
}
