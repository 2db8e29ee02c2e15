"use client";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { TextField } from "@/components/ui/text-field";
import { BRAKE_WORDS, BRAKES, type BrakeKind, type Brakes, setBrakesInput } from "@/lib/domain/brakes";
import type { ClusterId } from "@/lib/domain/cluster";
import { useSetBrakes } from "@/lib/queries/rebalance";

type Props = { clusterId: ClusterId; brakes: Brakes | null; onSet: () => void };
type Typed = Record<BrakeKind | "from" | "to", string>;

/** Limits as they are typed; an empty one is off. */
export function BrakesForm({ clusterId, brakes, onSet }: Props) {
  const [typed, setTyped] = useState<Typed>(() => typedOf(brakes));
  const set = useSetBrakes(clusterId);
  const read = readTyped(clusterId, typed);
  const because = read.success ? undefined : "A limit is a number above 0, a time of day is written as 22:00.";
  function submit(event: FormEvent) {
    event.preventDefault();
    if (read.success) set.mutate({ limits: read.data.limits, window: read.data.window }, { onSuccess: onSet });
  }
  const change = (field: keyof Typed) => (value: string) => setTyped((known) => ({ ...known, [field]: value }));
  return (
    <form onSubmit={submit} className="grid gap-3 border-line border-t px-3 py-3">
      <p className="max-w-3xl text-pretty text-12 text-text-2">
        A run is stopped in your name when a value is over its limit in two looks one after the other. An empty field is
        off. They hold for every run on this cluster, whoever starts it, until they are set anew.
      </p>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(210px,1fr))] gap-3">
        {BRAKES.map((kind) => (
          <TextField
            key={kind}
            label={BRAKE_WORDS[kind].name}
            hint={`Stops when ${BRAKE_WORDS[kind].means} this`}
            inputMode="decimal"
            value={typed[kind]}
            onChange={change(kind)}
            after={<span className="text-text-3">{BRAKE_WORDS[kind].unit}</span>}
          />
        ))}
        <TextField
          label="Window from (UTC)"
          hint="No run starts outside it"
          placeholder="22:00"
          value={typed.from}
          onChange={change("from")}
        />
        <TextField
          label="Window to (UTC)"
          hint="A run that goes on is stopped then"
          placeholder="05:00"
          value={typed.to}
          onChange={change("to")}
        />
      </div>
      {set.error && <ProblemBanner problem={problemOf(set.error)} />}
      <div>
        <Button type="submit" variant="primary" because={because} busy={set.isPending}>
          Set brakes
        </Button>
      </div>
    </form>
  );
}

function typedOf(brakes: Brakes | null): Typed {
  const limits = Object.fromEntries(BRAKES.map((kind) => [kind, String(brakes?.limits[kind] ?? "")]));
  return {
    lag: "",
    lock: "",
    disk: "",
    latency: "",
    ...limits,
    from: brakes?.window?.from ?? "",
    to: brakes?.window?.to ?? "",
  };
}

function readTyped(clusterId: ClusterId, typed: Typed) {
  const limits = Object.fromEntries(
    BRAKES.map((kind) => [kind, typed[kind].trim() === "" ? null : Number(typed[kind])]),
  );
  const { from, to } = typed;
  const window = from.trim() === "" && to.trim() === "" ? null : { from: from.trim(), to: to.trim() };
  return setBrakesInput.safeParse({ clusterId, limits, window });
}
