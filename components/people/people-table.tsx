"use client";
import { Chip } from "@/components/ui/chip";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { Unknown } from "@/components/ui/unknown";
import type { Grant, PersonEntry } from "@/lib/domain/person";
import { PersonActions } from "./person-actions";
import type { KnownCluster, Overlay } from "./types";

type Props = {
  people: readonly PersonEntry[];
  clusters: readonly KnownCluster[];
  you: string;
  onOverlay: (overlay: Overlay) => void;
};

export function PeopleTable({ people, clusters, you, onOverlay }: Props) {
  return (
    <Table label="People of this console">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>Signs in by</Th>
          <Th>Roles</Th>
          <Th right>Sessions</Th>
          <Th>Last look</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <Tr key={person.id}>
            <Td title={person.id}>
              {person.name} {person.id === you && <Chip tone="info">you</Chip>}{" "}
              {person.isDisabled && <Chip tone="warn">disabled</Chip>}
              {!person.canSignIn && !person.isDisabled && <Chip>invited</Chip>}
            </Td>
            <Td>{sourceOf(person.issuer)}</Td>
            <Td>{grantsText(person.grants, clusters)}</Td>
            <Td right>{person.sessions}</Td>
            <Td>{person.seenAt === null ? <Unknown because="not signed in now" /> : <Time at={person.seenAt} />}</Td>
            <Td right>
              <PersonActions person={person} people={people} onOverlay={onOverlay} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function sourceOf(issuer: string): string {
  if (issuer === "local") return "name and password";
  return issuer === "proxy" ? "proxy" : issuer.replace(/^https?:\/\//, "");
}

/** "admin on all clusters", "operator on orders, viewer on billing". A cluster that is configured no longer stands with its id. */
export function grantsText(grants: readonly Grant[], clusters: readonly KnownCluster[]): string {
  if (grants.length === 0) return "none";
  const nameOf = (id: string) => clusters.find((cluster) => cluster.id === id)?.name ?? `${id} (not configured)`;
  return grants
    .map(({ cluster, role }) => `${role} on ${cluster === "*" ? "all clusters" : nameOf(cluster)}`)
    .join(", ");
}
