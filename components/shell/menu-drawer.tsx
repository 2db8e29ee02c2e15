"use client";
import { Dialog as Radix } from "radix-ui";
import { useFocusReturn } from "@/components/ui/use-focus-return";
import { Rail, type RailProps } from "./rail";

type Props = RailProps & { open: boolean; onClose: () => void };

/** The rail of windows that have no room for one. */
export default function MenuDrawer({ open, onClose, ...rail }: Props) {
  const focus = useFocusReturn();
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <div data-scrim="" className="fixed inset-0 z-20 bg-scrim md:hidden" />
        <Radix.Content
          {...focus}
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-21 w-[240px] animate-appear border-line border-r bg-bg shadow-dialog outline-none md:hidden"
        >
          <Radix.Title className="sr-only">Menu</Radix.Title>
          <Rail {...rail} onGo={onClose} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
