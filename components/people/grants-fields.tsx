"use client";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { ROLES, type Role } from "@/lib/domain/permission";
import { type Grant, grantSchema } from "@/lib/domain/person";
import type { KnownCluster } from "./types";

type Props = { grants: readonly Grant[]; clusters: readonly KnownCluster[]; onChange: (grants: Grant[]) => void };

const MEANINGS: Record<Role, string> = {
  viewer: "looks, and makes plans",
  operator: "also moves shards, drains, cancels",
  admin: "also adds and removes nodes",
};

/** One line per role: which role, on which cluster. For all clusters, an admin also manages people. */
export function GrantsFields({ grants, clusters, onChange }: Props) {
  const all = [
    { value: "*", label: "all clusters" },
    ...clusters.map(({ id, name }) => ({ value: id as string, label: name })),
  ];
  const free = all.filter(({ value }) => !grants.some(({ cluster }) => cluster === value));
  const put = (index: number, change: { cluster?: string; role?: Role }) =>
    onChange(grants.map((grant, at) => (at === index ? grantSchema.parse({ ...grant, ...change }) : grant)));
  const [next] = free;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-12 text-text-2">Roles</legend>
      {grants.map((grant, index) => (
        <div key={grant.cluster} className="flex flex-wrap items-center gap-2">
          <Select
            label={`Role ${index + 1}`}
            hideLabel
            value={grant.role}
            options={ROLES.map((role) => ({ value: role, label: `${role}: ${MEANINGS[role]}` }))}
            onChange={(role) => put(index, { role })}
          />
          <span className="text-12 text-text-3">on</span>
          <Select
            label={`Cluster of role ${index + 1}`}
            hideLabel
            value={grant.cluster as string}
            options={[...all.filter(({ value }) => value === grant.cluster), ...free]}
            onChange={(cluster) => put(index, { cluster })}
          />
          <IconButton
            icon="close"
            size="sm"
            label={`Take away role ${index + 1}`}
            onClick={() => onChange(grants.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      {grants.length === 0 && <p className="text-12 text-text-2">None: this person can sign in and sees no cluster.</p>}
      <div>
        <Button
          size="sm"
          icon="plus"
          because={next ? undefined : "There is a role for each cluster already."}
          onClick={() => next && onChange([...grants, grantSchema.parse({ cluster: next.value, role: "viewer" })])}
        >
          Add a role
        </Button>
      </div>
    </fieldset>
  );
}
