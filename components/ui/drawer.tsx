"use client";
import clsx from "clsx";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { Icon } from "./icon";
import { IconButton } from "./icon-button";
import { useFocusReturn } from "./use-focus-return";
import { useMediaQuery } from "./use-media-query";

type Parts = { onClose: () => void; title: ReactNode; label: string; children: ReactNode; footer?: ReactNode };
type Props = Parts & { open: boolean; className?: string };

/** A panel beside the thing it is about; below 1280 px, where there is no beside, a drawer over it. Esc closes both. */
export function Drawer({ open, className, ...parts }: Props) {
  const isWide = useMediaQuery("(min-width: 1280px)");
  if (!open) return null;
  return isWide ? <SidePanel {...parts} className={className} /> : <OverPanel {...parts} />;
}

function SidePanel({ onClose, title, label, children, footer, className }: Parts & { className: string | undefined }) {
  const panel = useRef<HTMLElement>(null);
  // The focus stays on the map or table that opened the panel. Only when it has gone inside must it be brought back.
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const own = panel.current;
    return () => {
      if (own?.contains(document.activeElement) && opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <aside
      ref={panel}
      aria-label={label}
      onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && onClose()}
      className={clsx("flex w-[300px] flex-none flex-col overflow-hidden border-line border-l bg-surface-1", className)}
    >
      <div className="flex items-start gap-2 px-4 pt-3 pb-1">
        <div className="min-w-0 flex-1">{title}</div>
        <IconButton icon="close" label="Close" size="sm" onClick={onClose} />
      </div>
      <Body footer={footer}>{children}</Body>
    </aside>
  );
}

function OverPanel({ onClose, title, label, children, footer }: Parts) {
  const focus = useFocusReturn();
  return (
    <Radix.Root open onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <div data-scrim="" className="fixed inset-0 z-20 bg-scrim" />
        <Radix.Content
          {...focus}
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
          <Body footer={footer}>{children}</Body>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Body({ children, footer }: Pick<Parts, "children" | "footer">) {
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">{children}</div>
      {footer !== undefined && <div className="border-line border-t px-4 py-3">{footer}</div>}
    </>
  );
}
