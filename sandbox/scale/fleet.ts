import { readFileSync } from "node:fs";
import { query } from "../query.ts";
import type { SandboxState } from "../state.ts";
import type { SandboxNodeName } from "../types.ts";

const WORKERS: readonly SandboxNodeName[] = ["worker1", "worker2", "worker3"];

/** A node of the fleet: one of the addresses on which a worker's process listens. */
export type FleetNode = { host: string; port: number };

/**
 * Addresses for so many workers, those included that are there already, spread evenly over the processes. All of 127.0.0.0/8 is this
 * machine on Linux; each process has a port of its own, so the same address may stand for a node of each.
 */
export function fleetAddresses(ports: readonly number[], nodes: number): FleetNode[] {
  return Array.from({ length: Math.max(0, nodes - ports.length) }, (_, index) => {
    const number = 1 + Math.floor(index / ports.length);
    return {
      host: `127.0.${Math.floor(number / 250) + 1}.${(number % 250) + 1}`,
      port: ports[index % ports.length] ?? 0,
    };
  });
}

/**
 * PostgreSQL binds 64 addresses at most, so a worker that is many nodes listens on all that this machine has. Its pg_hba.conf lets in
 * what comes from 127.0.0.1, as everywhere in the sandbox, and nobody from elsewhere.
 */
export const FLEET_WORKER_SETTINGS = { listen_addresses: "0.0.0.0" };

/** Registers every address as a node with a group of its own, on all members alike, and lets the workers know by which address they were asked. */
export async function registerFleet(
  state: SandboxState,
  members: readonly SandboxNodeName[],
  nodes: number,
): Promise<void> {
  const added = fleetAddresses(
    WORKERS.map((node) => state.nodes[node].port),
    nodes,
  );
  const insert = `
    insert into pg_catalog.pg_dist_node (nodeid, groupid, nodename, nodeport, hasmetadata, metadatasynced)
    select first.node + ord, first.grp + ord, host, port, true, true
      from rows from (jsonb_to_recordset($1) as (host text, port integer)) with ordinality as t (host, port, ord),
           (select max(nodeid) as node, max(groupid) as grp from pg_catalog.pg_dist_node) first`;
  await Promise.all(members.map((node) => query(state, insert, [JSON.stringify(added)], { node })));
  const numbers = `select setval('pg_catalog.pg_dist_node_nodeid_seq', max(nodeid)), setval('pg_catalog.pg_dist_groupid_seq', max(groupid)) from pg_catalog.pg_dist_node`;
  await query(state, numbers);
  const script = readFileSync(new URL("many-nodes.sql", import.meta.url), "utf8");
  await Promise.all(WORKERS.map((node) => query(state, script, [], { node })));
}
