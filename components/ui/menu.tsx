"use client";
import clsx from "clsx";
import { DropdownMenu as Radix } from "radix-ui";
import { createContext, type ReactNode, useContext, useRef } from "react";
import { Icon } from "./icon";
import type { IconName } from "./icon-paths";

type Deed = () => void;
const ChooseContext = createContext<(deed: Deed) => void>((deed) => deed());

type Props = { trigger: ReactNode; label: string; children: ReactNode; align?: "start" | "end" };

/**
 * A menu of deeds on a button. A deed runs once the menu has closed and its button has the focus again: a dialog that
 * it opens then knows where to give the focus back to. Not modal: that would inject a style element, which a CSP refuses.
 */
export function Menu({ trigger, label, children, align = "end" }: Props) {
  const chosen = useRef<Deed | null>(null);
  function runChosen() {
    const deed = chosen.current;
    chosen.current = null;
    // After this event: Radix focuses the button in it.
    if (deed) queueMicrotask(deed);
  }
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={runChosen}
          className="z-40 min-w-44 rounded-2 border border-line-strong bg-surface-1 p-1 text-12 shadow-dialog"
        >
          <ChooseContext.Provider
            value={(deed) => {
              chosen.current = deed;
            }}
          >
            {children}
          </ChooseContext.Provider>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type ItemProps = {
  onSelect: Deed;
  children: ReactNode;
  icon?: IconName;
  danger?: boolean;
  because?: string | undefined;
};

/** One deed. When it is off it stays in the menu and says why beneath its name. */
export function MenuItem({ onSelect, children, icon, danger = false, because }: ItemProps) {
  const choose = useContext(ChooseContext);
  const off = because !== undefined;
  return (
    <Radix.Item
      aria-disabled={off}
      onSelect={(event) => (off ? event.preventDefault() : choose(onSelect))}
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
