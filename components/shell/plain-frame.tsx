"use client";
import clsx from "clsx";
import Link from "next/link";
import type { ReactNode } from "react";
import { routes } from "@/lib/routes";
import { Brand } from "./brand";
import { PersonMenu } from "./person-menu";
import { ThemeToggle } from "./theme-toggle";

type Props = {
  title: string;
  who: string;
  /** For lists whose rows say much. */
  isWide?: boolean;
  children: ReactNode;
};

/** Around pages that are about no cluster: brand, title, and who is there. */
export function PlainFrame({ title, who, isWide = false, children }: Props) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="sticky top-0 z-10 flex h-12 items-center gap-3 border-line border-b bg-bg px-3">
        <Link
          href={routes.home()}
          className="flex-none text-text-1 no-underline"
          aria-label="Shardboard: to the clusters"
        >
          <Brand />
        </Link>
        <h1 className="whitespace-nowrap text-15 leading-5">{title}</h1>
        <span className="flex-1" />
        <ThemeToggle />
        <div className="min-w-0 max-w-44">
          <PersonMenu name={who} />
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className={clsx(
          "mx-auto flex w-full flex-col gap-3 px-4 py-4 outline-none",
          isWide ? "max-w-7xl" : "max-w-4xl",
        )}
      >
        {children}
      </main>
    </div>
  );
}
