"use client";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogSection } from "@/components/ui/dialog";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { Time } from "@/components/ui/time";
import { Unknown } from "@/components/ui/unknown";
import { addressOf, type ClusterNode } from "@/lib/domain/node";
import type { NodeFacts, NodeFactsTopic } from "@/lib/domain/node-facts";
import { nodeStates, roleWord } from "@/lib/domain/node-state";
import { formatDuration } from "@/lib/format/duration";
import { NodeStates } from "./node-states";

type Props = { onClose: () => void; node: ClusterNode; facts: NodeFactsTopic | null };

/** Everything that is known of one node: what pg_dist_node says, and what it says itself. */
export function NodeDetailsDialog({ onClose, node, facts }: Props) {
  const answer = facts?.answers.find((candidate) => candidate.nodeId === node.id);
  return (
    <Dialog
      open
      onClose={onClose}
      width={520}
      title={<span className="font-mono">{addressOf(node)}</span>}
      footer={
        <Button data-autofocus="" onClick={onClose}>
          Close
        </Button>
      }
    >
      <DialogSection title="In pg_dist_node">
        <Facts>
          <Fact term="State">
            <NodeStates states={nodeStates(node, answer)} />
          </Fact>
          <Fact term="Role">{roleWord(node)}</Fact>
          <Fact term="Node and group">
            {node.id}, {node.groupId}
          </Fact>
          <Fact term="May hold shards">
            {node.role !== "primary" ? "what its primary holds" : node.mayHoldShards ? "yes" : "no"}
          </Fact>
          <Fact term="Metadata">{metadataWords(node)}</Fact>
        </Facts>
      </DialogSection>
      <DialogSection title="What it says itself">
        {answer && !answer.ok && <ProblemBanner problem={answer.problem} tone="warn" />}
        {answer?.ok ? <Own facts={answer.value} /> : !answer && <Unknown because="it has not been asked yet" />}
      </DialogSection>
    </Dialog>
  );
}

function metadataWords(node: ClusterNode): string {
  if (node.role !== "primary") return "of its primary";
  if (!node.hasMetadata) return "none: queries go through the coordinator only";
  return node.metadataSynced ? "synced" : "not synced";
}

function Own({ facts }: { facts: NodeFacts }) {
  return (
    <Facts>
      <Fact term="PostgreSQL">{facts.postgresVersion}</Fact>
      <Fact term="Citus">
        {facts.citusVersion}, extension {facts.extensionVersion}
      </Fact>
      <Fact term="Up for">
        {formatDuration(facts.uptimeSeconds)}, since <Time at={facts.startedAt} show="date-time" />
      </Fact>
      <Fact term="Takes writes">{facts.inRecovery ? "no: it is in recovery" : "yes"}</Fact>
      <Fact term="wal_level">{facts.walLevel}</Fact>
      <Fact term="output_plugin_libraries">
        {facts.outputPluginLibraries ?? <Unknown because="this PostgreSQL has no such setting" />}
      </Fact>
    </Facts>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[160px_minmax(0,1fr)] gap-y-1 text-12">{children}</dl>;
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{term}</dt>
      <dd className="break-words">{children}</dd>
    </>
  );
}
