import type { ReactNode } from "react";

/** What the page asks, and one sentence about it. */
export function FormTitle({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div>
      <h1 className="text-18 leading-6">{title}</h1>
      {children !== undefined && <p className="text-pretty text-text-2">{children}</p>}
    </div>
  );
}
