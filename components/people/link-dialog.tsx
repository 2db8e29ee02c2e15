"use client";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogSection } from "@/components/ui/dialog";
import { Time } from "@/components/ui/time";
import type { MadeLink } from "./types";

/** A link as it is handed over: shown this once, because the console keeps its hash only. */
export function LinkDialog({ name, address, expiresAt, onClose }: MadeLink & { onClose: () => void }) {
  return (
    <Dialog
      open
      width={560}
      onClose={onClose}
      title={`A link for ${name}`}
      intro="Whoever opens it chooses the password of this account. It is good once, and is shown only now."
      footer={
        <Button variant="primary" data-autofocus="" onClick={onClose}>
          Done
        </Button>
      }
    >
      <DialogSection>
        <div className="flex items-start gap-2">
          <output aria-label="The link" className="min-w-0 flex-1 break-all rounded-2 bg-surface-2 p-2 font-mono">
            {address}
          </output>
          <CopyButton text={address} />
        </div>
        <p className="mt-2 text-12 text-text-2">
          Good until <Time at={expiresAt} show="date-time" />. Hand it over where nobody else reads.
        </p>
      </DialogSection>
    </Dialog>
  );
}
