"use client";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { ThemeToggle } from "./theme-toggle";

type Props = {
  title: string;
  contextRef: (element: HTMLElement | null) => void;
  runningJob?: ReactNode;
  freshness?: ReactNode;
  onFind: () => void;
  onMenu: () => void;
};

/** What this is, one line about it, what runs, how fresh it is, and the way to everything else. */
export function TopBar({ title, contextRef, runningJob, freshness, onFind, onMenu }: Props) {
  return (
    <header className="sticky top-0 z-10 flex min-h-12 items-center gap-3 border-line border-b bg-bg px-5 max-md:px-3">
      <IconButton icon="menu" label="Open the menu" className="md:hidden" onClick={onMenu} aria-haspopup="dialog" />
      <h1 className="whitespace-nowrap text-15 leading-5">{title}</h1>
      <span ref={contextRef} className="min-w-0 truncate text-12 text-text-3 max-sm:hidden" />
      <span className="flex-1" />
      {runningJob}
      <span className="flex min-w-0 items-center gap-3">{freshness}</span>
      <button
        type="button"
        onClick={onFind}
        aria-haspopup="dialog"
        className="flex h-7 w-[230px] flex-none items-center gap-2 rounded-2 border border-line-strong bg-surface-1 px-2 text-12 text-text-3 hover:border-line-control max-lg:w-auto"
      >
        <Icon name="search" />
        <span className="max-lg:sr-only">Find or run</span>
        <span className="flex-1 max-lg:hidden" />
        <span className="max-lg:hidden">
          <Kbd>Ctrl K</Kbd>
        </span>
      </button>
      <ThemeToggle />
    </header>
  );
}
