"use client";
import clsx from "clsx";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { ClusterMark, useIsAboutCluster } from "./cluster-mark";
import { Icon } from "./icon";
import { useBackCloses } from "./use-back-closes";
import { useFocusReturn } from "./use-focus-return";

type Props = {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** One or two sentences under the title: what this is about. */
  intro?: ReactNode;
  children: ReactNode;
  footer: ReactNode;
  /** 640 by default; 480 for one question. */
  width?: number;
  className?: string;
};

/** Put `data-autofocus` on the harmless control: it gets the focus first. */
const harmlessControl = (dialog: HTMLElement) => dialog.querySelector<HTMLElement>("[data-autofocus]");

/**
 * Scrim, an edge in the cluster's colour, head, sections, footer. Esc, a click outside and the browser's Back close it, and the
 * focus goes back to where it was. A dialog that opens over another covers it with its own scrim. The scrim is ours, not Radix.Overlay: that one injects a style element, which a CSP refuses.
 */
export function Dialog({ open, onClose, title, intro, children, footer, width = 640, className }: Props) {
  const focus = useFocusReturn(harmlessControl);
  const isAboutCluster = useIsAboutCluster();
  useBackCloses(open, onClose);
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <div data-scrim="" className="fixed inset-0 z-30 bg-scrim" />
        <Radix.Content
          {...focus}
          {...(intro === undefined && { "aria-describedby": undefined })}
          className={clsx(
            "fixed top-12 left-1/2 z-30 flex max-h-[calc(100dvh-64px)] -translate-x-1/2 animate-appear flex-col overflow-hidden rounded-3 border-t-4 bg-surface-1 shadow-dialog outline-none max-sm:top-2 max-sm:max-h-[calc(100dvh-16px)]",
            isAboutCluster ? "border-cluster" : "border-line-strong",
            className,
          )}
          style={{ width: `min(${width}px, 100vw - 16px)` }}
        >
          <header className="border-line border-b px-[18px] pt-3.5 pb-3">
            <div className="flex items-start gap-2.5">
              <Radix.Title className="min-w-0 flex-1 break-words text-18 leading-6">{title}</Radix.Title>
              <ClusterMark />
              <Radix.Close
                aria-label="Close"
                className="-mr-1.5 grid size-6 place-items-center rounded-2 text-text-3 hover:bg-surface-2"
              >
                <Icon name="close" />
              </Radix.Close>
            </div>
            {intro !== undefined && (
              <Radix.Description asChild>
                <div className="mt-1 text-pretty text-text-2 [&_strong]:font-semibold [&_strong]:text-text-1">
                  {intro}
                </div>
              </Radix.Description>
            )}
          </header>
          <div className="min-h-0 overflow-y-auto">{children}</div>
          <footer className="flex flex-wrap items-center justify-end gap-2 border-line border-t bg-surface-2 px-[18px] py-3">
            {footer}
          </footer>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type SectionProps = {
  title?: ReactNode;
  aside?: ReactNode;
  /** For a table: it reaches from edge to edge, and its first column still stands under the title. */
  bleed?: boolean;
  children: ReactNode;
};

/** One part of a dialog; a line parts it from the next. */
export function DialogSection({ title, aside, bleed = false, children }: SectionProps) {
  return (
    <section className="border-line border-b px-[18px] py-3 last:border-b-0">
      {title !== undefined && (
        <div className="mb-1.5 flex items-center gap-2">
          <h3 className="flex-1 text-13 leading-5">{title}</h3>
          {aside}
        </div>
      )}
      {bleed ? <div className={BLEED}>{children}</div> : children}
    </section>
  );
}

const BLEED = "-mx-[18px] [&_:is(td,th):first-child]:pl-[18px] [&_:is(td,th):last-child]:pr-[18px]";
