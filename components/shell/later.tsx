"use client";
import { type ReactNode, Suspense, useState } from "react";

/** What opens over the page: its code is loaded when it is opened first, and then stays, so that closing can give the focus back. */
export function Later({ open, children }: { open: boolean; children: ReactNode }) {
  const [wasOpen, setWasOpen] = useState(open);
  if (open && !wasOpen) setWasOpen(true);
  return wasOpen && <Suspense>{children}</Suspense>;
}
