"use client";
import { createContext, type ReactNode, useContext, useEffect } from "react";
import { createPortal } from "react-dom";

export type ScreenHeadSlot = { host: HTMLElement | null; setTitle: (title: string | null) => void };

/** null: there is no frame around, as in a test of one screen. */
export const ScreenHeadContext = createContext<ScreenHeadSlot | null>(null);

type Props = {
  title: string;
  /** One line: "1 coordinator, 4 workers". */
  context?: ReactNode;
};

/** What a screen says about itself in the top bar. Until it speaks the bar shows the name from the navigation. */
export function ScreenHead({ title, context }: Props) {
  const slot = useContext(ScreenHeadContext);
  const setTitle = slot?.setTitle;
  useEffect(() => {
    setTitle?.(title);
    return () => setTitle?.(null);
  }, [setTitle, title]);
  if (slot === null) {
    return (
      <header>
        <h1>{title}</h1> {context}
      </header>
    );
  }
  return slot.host === null ? null : createPortal(context, slot.host);
}
