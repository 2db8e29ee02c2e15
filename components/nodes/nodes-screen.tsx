"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { EstimateNote } from "@/components/live/estimate-note";
import { LiveState } from "@/components/live/live-state";
import { ScreenHead } from "@/components/shell/screen-head";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Nodes } from "@/lib/domain/node";
import { nodeRows } from "@/lib/domain/node-rows";
import { membersSentence } from "@/lib/domain/node-sentences";
import { healthQueries } from "@/lib/queries/health";
import { nodeQueries, useHoldings, useOpenJobId } from "@/lib/queries/nodes";
import { CoordinatorBanner } from "./coordinator-banner";
import { GrowthPanel } from "./growth-panel";
import { LeftOffBanner } from "./left-off-banner";
import { NodeDialog, type OpenDialog } from "./node-dialog";
import { NodesPanel } from "./nodes-panel";

/** The catalog is quick and always true; what lies where, and what nodes say themselves, come as they come. */
export function NodesScreen({ clusterId }: { clusterId: ClusterId }) {
  const list = useQuery(nodeQueries.list(clusterId));
  const known = list.data?.data;
  return (
    <>
      <ScreenHead title="Nodes" context={known ? membersSentence(known.nodes) : undefined} />
      <LiveState
        query={list}
        skeleton={
          <Panel>
            <SkeletonRows label="The nodes are being read" rows={5} />
          </Panel>
        }
      >
        {(nodes) => <Loaded clusterId={clusterId} {...nodes} />}
      </LiveState>
    </>
  );
}

function Loaded({ clusterId, nodes, coordinatorRegistered }: Nodes & { clusterId: ClusterId }) {
  const facts = useQuery(nodeQueries.facts(clusterId)).data?.data ?? null;
  const { picture, holdings } = useHoldings(clusterId);
  const openJobId = useOpenJobId(clusterId);
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const hasClones = useQuery(healthQueries.current(clusterId)).data?.data?.capabilities.addClone;
  const state = { nodes, holdings, openJobId, ...(hasClones !== undefined && { hasClones }) };
  const rows = nodeRows(nodes, holdings, facts);
  return (
    <>
      <CoordinatorBanner
        nodes={nodes}
        coordinatorRegistered={coordinatorRegistered}
        onSet={() => setDialog({ kind: "coordinator-host" })}
      />
      <LeftOffBanner state={state} onOpen={setDialog} />
      {picture && <EstimateNote picture={picture} />}
      <NodesPanel clusterId={clusterId} rows={rows} state={state} areAsked={facts !== null} onOpen={setDialog} />
      <GrowthPanel clusterId={clusterId} rows={rows} />
      {dialog && (
        <NodeDialog
          key={`${dialog.kind} ${"node" in dialog ? dialog.node.id : ""}`}
          clusterId={clusterId}
          dialog={dialog}
          onClose={() => setDialog(null)}
          picture={picture}
          holdings={holdings}
          facts={facts}
        />
      )}
    </>
  );
}
