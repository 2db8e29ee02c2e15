import type { ReactNode } from "react";
import { Brand } from "@/components/shell/brand";
import { QueryProvider } from "@/components/shell/query-provider";
import { ThemeToggle } from "@/components/shell/theme-toggle";

/** What somebody sees who is not signed in: one question, and nothing of any cluster. */
export default function SignInLayout({ children }: { children: ReactNode }) {
  return (
    <QueryProvider>
      <div className="flex min-h-dvh flex-col">
        <header className="flex h-12 items-center justify-between px-3">
          <Brand />
          <ThemeToggle />
        </header>
        <main className="mx-auto flex w-full max-w-sm flex-col gap-3 px-4 pt-[12vh] pb-8">{children}</main>
      </div>
    </QueryProvider>
  );
}
