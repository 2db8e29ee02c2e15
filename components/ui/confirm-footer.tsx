"use client";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "./button";
import { Kbd } from "./kbd";

type Props = {
  label: string;
  danger: boolean;
  because: string | undefined;
  busy: boolean;
  footnote: ReactNode;
  isFollowing: boolean;
  onConfirm: () => void;
  onCancel: () => void;
};

const FOLLOWING = "Close this at will; the job goes on and the rail shows it.";
const ENTER_DOES_NOT_START = "Enter does not start this. Press Space, or click.";

/** Cancel and the deed; after the click only Close. The reason why the deed is off stands here in full. */
export function ConfirmFooter({ label, danger, because, busy, footnote, isFollowing, onConfirm, onCancel }: Props) {
  const [wasEnterPressed, setWasEnterPressed] = useState(false);
  function refuseEnter(event: KeyboardEvent) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    setWasEnterPressed(true);
  }
  if (isFollowing) return <FollowingFooter footnote={footnote} onClose={onCancel} />;
  return (
    <>
      <span className="min-w-40 flex-1 text-12 text-text-2" aria-live="polite">
        {because ?? (wasEnterPressed ? ENTER_DOES_NOT_START : footnote)}
      </span>
      <Button data-autofocus="" onClick={onCancel}>
        Cancel <Kbd>Esc</Kbd>
      </Button>
      <Button
        variant={danger ? "danger-solid" : "primary"}
        because={because}
        busy={busy}
        {...(because !== undefined && { icon: "lock" as const })}
        onKeyDown={refuseEnter}
        onClick={onConfirm}
      >
        {label}
      </Button>
    </>
  );
}

function FollowingFooter({ footnote, onClose }: { footnote: ReactNode; onClose: () => void }) {
  const close = useRef<HTMLButtonElement>(null);
  // The button that had the focus is gone; without this a keyboard user would be thrown out of the dialog.
  useEffect(() => close.current?.focus(), []);
  return (
    <>
      <span className="min-w-40 flex-1 text-12 text-text-2">{footnote ?? FOLLOWING}</span>
      <Button ref={close} onClick={onClose}>
        Close
      </Button>
    </>
  );
}
