"use client";
import { useState } from "react";
import { hostSchema, portSchema } from "@/lib/domain/node-change";

export type AddressState = {
  host: string;
  port: string;
  hostError: string | undefined;
  portError: string | undefined;
  /** The address as it was checked last; null: it was changed since, or is not one. */
  checked: { host: string; port: number } | null;
  setHost: (host: string) => void;
  setPort: (port: string) => void;
  check: () => void;
};

/** An address that is looked at when asked, and not at every letter: each look makes the coordinator connect there. */
export function useAddress(first: { host?: string; port?: string } = {}): AddressState {
  const [host, setHost] = useState(first.host ?? "");
  const [port, setPort] = useState(first.port ?? "5432");
  const [wasTried, setWasTried] = useState(false);
  const [checked, setChecked] = useState<AddressState["checked"]>(null);
  const parsedHost = hostSchema.safeParse(host);
  const parsedPort = portSchema.safeParse(port.trim() === "" ? Number.NaN : Number(port));
  const change = (set: (text: string) => void) => (text: string) => {
    set(text);
    setChecked(null);
  };
  return {
    host,
    port,
    hostError: wasTried ? parsedHost.error?.issues[0]?.message : undefined,
    portError: wasTried ? parsedPort.error?.issues[0]?.message : undefined,
    checked,
    setHost: change(setHost),
    setPort: change(setPort),
    check: () => {
      setWasTried(true);
      setChecked(parsedHost.success && parsedPort.success ? { host: parsedHost.data, port: parsedPort.data } : null);
    },
  };
}
