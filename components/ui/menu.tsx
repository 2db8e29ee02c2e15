"use client";
import clsx from "clsx";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Icon } from "./icon";
import type { IconName } from "./icon-paths";

type Props = { trigger: ReactNode; label: string; children: ReactNode; align?: "start" | "end" };

/** A menu of deeds on a button. Not modal: modal would inject a style element, which a CSP refuses. */
export function Menu({ trigger, label, children, align = "end" }: Props) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-40 min-w-44 rounded-2 border border-line-strong bg-surface-1 p-1 text-12 shadow-dialog"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type ItemProps = {
  onSelect: () => void;
  children: ReactNode;
  icon?: IconName;
  danger?: boolean;
  because?: string | undefined;
};

/** One deed. When it is off it stays in the menu and says why beneath its name. */
export function MenuItem({ onSelect, children, icon, danger = false, because }: ItemProps) {
  const off = because !== undefined;
  return (
    <Radix.Item
      aria-disabled={off}
      onSelect={(event) => (off ? event.preventDefault() : onSelect())}
      className={clsx(
        "flex min-h-7 cursor-pointer items-start gap-2 rounded-1 px-2 py-1.5 outline-none data-highlighted:bg-surface-2 data-highlighted:outline-2 data-highlighted:outline-focus data-highlighted:-outline-offset-2",
        off ? "text-text-3" : danger ? "text-bad" : "text-text-1",
      )}
    >
      {icon && <Icon name={icon} className="size-4" />}
      <span className="min-w-0">
        {children}
        {off && <span className="block max-w-60 text-11">{because}</span>}
      </span>
    </Radix.Item>
  );
}

export function MenuLine() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}
