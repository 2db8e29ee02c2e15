"use client";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { DialogSection } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";
import type { AddressState } from "./use-address";

type Props = { address: AddressState; hint: ReactNode };

/** What is still empty has the focus first. Harmless: Enter there only looks. */
const FIRST = { "data-autofocus": "" };

/** Host and port, and the button that has them looked at. Enter looks; it never starts anything. */
export function AddressSection({ address, hint }: Props) {
  return (
    <DialogSection title="Address">
      <form
        noValidate
        className="grid grid-cols-[minmax(0,1fr)_96px_auto] items-start gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          address.check();
        }}
      >
        <TextField
          label="Host"
          mono
          value={address.host}
          {...(address.host === "" && FIRST)}
          onChange={address.setHost}
          error={address.hostError}
          hint={hint}
          autoComplete="off"
          spellCheck={false}
        />
        <TextField
          label="Port"
          mono
          inputMode="numeric"
          value={address.port}
          {...(address.host !== "" && FIRST)}
          onChange={address.setPort}
          error={address.portError}
          autoComplete="off"
        />
        <Button type="submit" icon="search" className="mt-5">
          Check
        </Button>
      </form>
    </DialogSection>
  );
}

/** Why the deed is off while the address has not been looked at. */
export function addressMissing({ checked }: AddressState): string | undefined {
  return checked === null ? "Give the address and have it checked first." : undefined;
}
