"use client";
import clsx from "clsx";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Icon } from "./icon";
import { IconButton } from "./icon-button";
import { useMediaQuery } from "./use-media-query";

type Props = {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  label: string;
  children: ReactNode;
  footer?: ReactNode;
  className?: string;
};

/** A panel beside the thing it is about; below 1280 px, where there is no beside, a drawer over it. */
export function Drawer({ open, onClose, title, label, children, footer, className }: Props) {
  const isWide = useMediaQuery("(min-width: 1280px)");
  if (!open) return null;
  if (isWide) {
    return (
      <aside
        aria-label={label}
        className={clsx(
          "flex w-[300px] flex-none flex-col overflow-hidden border-line border-l bg-surface-1",
          className,
        )}
      >
        <div className="flex items-start gap-2 px-4 pt-3 pb-1">
          <div className="min-w-0 flex-1">{title}</div>
          <IconButton icon="close" label="Close" size="sm" onClick={onClose} />
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">{children}</div>
        {footer !== undefined && <div className="border-line border-t px-4 py-3">{footer}</div>}
      </aside>
    );
  }
  return (
    <Radix.Root open onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <div data-scrim="" className="fixed inset-0 z-20 bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 right-0 z-21 flex w-[min(360px,calc(100vw-32px))] animate-appear flex-col border-line border-l bg-surface-1 shadow-dialog outline-none"
        >
          <div className="flex items-start gap-2 px-4 pt-3 pb-1">
            <Radix.Title className="sr-only">{label}</Radix.Title>
            <div className="min-w-0 flex-1">{title}</div>
            <Radix.Close
              aria-label="Close"
              className="grid size-6 place-items-center rounded-2 text-text-3 hover:bg-surface-2"
            >
              <Icon name="close" />
            </Radix.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">{children}</div>
          {footer !== undefined && <div className="border-line border-t px-4 py-3">{footer}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
