"use client";
import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";

type Props = { text: ReactNode | undefined; children: ReactNode; side?: "top" | "right" | "bottom" | "left" };

/** A sentence for one element, on hover and on focus. Never the only place of a fact: touch has no hover. */
export function Tooltip({ text, children, side = "top" }: Props) {
  if (text === undefined) return children;
  return (
    <Radix.Provider delayDuration={300}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-72 rounded-1 border border-transparent bg-text-1 px-2 py-1 text-12 text-bg"
          >
            {text}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
