import type { ReactNode } from "react";

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded-1 border border-line-strong bg-surface-2 px-1 text-11 text-text-3 leading-4">
      {children}
    </kbd>
  );
}
