"use client";
import type { ReactNode } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Select } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-field";
import { type ActivityRow, countByStatus } from "@/lib/domain/activity-rows";
import { type ActivityView, population } from "@/lib/domain/activity-view";
import type { ClusterNode } from "@/lib/domain/node";
import { shortNames } from "@/lib/domain/node-names";
import { StateFilter } from "./state-filter";
import type { ChangeView } from "./use-activity-view";

const AGES = [0, 1, 10, 60, 300, 3600] as const;
const AGE_LABELS: Record<(typeof AGES)[number], string> = {
  0: "any age",
  1: "over 1 s",
  10: "over 10 s",
  60: "over 1 min",
  300: "over 5 min",
  3600: "over 1 h",
};
const ANY = "";

type Props = {
  rows: readonly ActivityRow[];
  nodes: readonly ClusterNode[];
  view: ActivityView;
  onChange: ChangeView;
  children: ReactNode;
};

/** What is listed: words, states, node, user, age, and the connections that belong to other sessions. */
export function ActivityToolbar({ rows, nodes, view, onChange, children }: Props) {
  const names = shortNames(nodes);
  const listed = population(rows, view);
  const users = [
    ...new Set([...listed.flatMap(({ session }) => session.user ?? []), ...(view.user ? [view.user] : [])]),
  ];
  const kinds = (kind: string) => rows.filter(({ session }) => session.kind === kind).length;
  return (
    <div role="toolbar" aria-label="Sessions" className="flex flex-wrap items-center gap-2">
      <TextField
        label="Filter sessions"
        hideLabel
        icon="search"
        placeholder="Query, gpid…"
        value={view.filter}
        onChange={(filter) => onChange({ filter })}
        className="min-w-24 flex-1 basis-24"
        data-filter=""
      />
      <StateFilter show={view.show} counts={countByStatus(listed)} onChange={(show) => onChange({ show })} />
      <Select
        label="Node"
        hideLabel
        className="w-[94px]"
        value={view.node === null ? ANY : String(view.node)}
        options={[
          { value: ANY, label: "any node" },
          ...nodes.map((node) => ({ value: String(node.id), label: names.get(node.id) ?? String(node.id) })),
        ]}
        onChange={(value) => onChange({ node: value === ANY ? null : Number(value) })}
      />
      <Select
        label="User"
        hideLabel
        className="w-[94px]"
        value={view.user ?? ANY}
        options={[{ value: ANY, label: "any user" }, ...users.toSorted().map((user) => ({ value: user, label: user }))]}
        onChange={(value) => onChange({ user: value === ANY ? null : value })}
      />
      <Select
        label="Age"
        hideLabel
        className="w-[94px]"
        value={String(view.over)}
        options={AGES.map((age) => ({ value: String(age), label: AGE_LABELS[age] }))}
        onChange={(value) => onChange({ over: Number(value) })}
      />
      <Checkbox
        label={`Worker backends ${kinds("worker")}`}
        checked={view.workers}
        onChange={(workers) => onChange({ workers })}
      />
      <Checkbox
        label={`Background ${kinds("background") + kinds("own")}`}
        checked={view.background}
        onChange={(background) => onChange({ background })}
      />
      {children}
    </div>
  );
}
