"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Freshness } from "@/components/ui/freshness";
import { problemOf } from "@/components/ui/query-state";
import { StatusWord } from "@/components/ui/status-word";
import type { ClusterId } from "@/lib/domain/cluster";
import { shortNames } from "@/lib/domain/node-names";
import { ERROR_SENTENCES } from "@/lib/errors";
import { lowerFirst } from "@/lib/format/lower-first";
import { nodeQueries } from "@/lib/queries/nodes";
import { routes } from "@/lib/routes";
import { useHealth } from "./use-health";

/** How old what the coordinator said is, and on every screen the nodes that do not answer, by name. */
export function FrameFreshness({ clusterId }: { clusterId: ClusterId }) {
  const health = useHealth(clusterId);
  const live = health.data;
  const problem = health.error ? problemOf(health.error) : (live?.problem ?? null);
  const because = problem ? lowerFirst(ERROR_SENTENCES[problem.code].title) : undefined;
  return (
    <>
      <SilentNodes clusterId={clusterId} />
      <Freshness at={live && live.ageMs !== null ? live.receivedAt - live.ageMs : null} because={because} />
    </>
  );
}

function SilentNodes({ clusterId }: { clusterId: ClusterId }) {
  const nodes = useQuery(nodeQueries.list(clusterId)).data?.data?.nodes ?? [];
  const answers = useQuery(nodeQueries.facts(clusterId)).data?.data?.answers ?? [];
  const shortNameOf = shortNames(nodes);
  const names = answers.flatMap((answer) => (answer.ok ? [] : (shortNameOf.get(answer.nodeId) ?? [])));
  if (names.length === 0) return null;
  return (
    <Link href={routes.nodes(clusterId)} className="text-12 no-underline" aria-live="polite">
      <StatusWord tone="bad">{sentence(names)}</StatusWord>
    </Link>
  );
}

function sentence(names: readonly string[]): string {
  const [first, ...others] = names;
  if (others.length === 0) return `${first} does not answer`;
  return others.length > 2 ? `${names.length} nodes do not answer` : `${names.join(", ")} do not answer`;
}
