import { readFileSync } from "node:fs";
import pg from "pg";
import { query, urlOf } from "../query.ts";
import type { SandboxState } from "../state.ts";
import type { SandboxNodeName, ScaleSeed } from "../types.ts";
import { registerFleet } from "./fleet.ts";
import { planTables } from "./plan.ts";

const MEMBERS: readonly SandboxNodeName[] = ["coordinator", "worker1", "worker2", "worker3"];
/** Above the numbers that the stand-in gives to what is made later, and told to its sequences. */
const FIRST_COLOCATION = 1_000;
const FIRST_SHARD = 200_000;
const FIRST_PLACEMENT = 1_000_000;

const scriptOf = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");

/** Rows in the stand-in's catalogs, the same on every node, all at once; docs/engines.md says what of it is real. */
export async function sowOnStandIn(state: SandboxState, seed: ScaleSeed): Promise<void> {
  if (seed.nodes !== undefined) await registerFleet(state, MEMBERS, seed.nodes);
  const homes = await homesOf(state);
  const tables = withNumbers(seed);
  await Promise.all(
    MEMBERS.map((node) =>
      inTransaction(urlOf(state, "owner", node), async (client) => {
        await hand(client, tables, homes);
        await client.query(scriptOf("shells.sql"));
        if (node !== "coordinator") await client.query(scriptOf("relations.sql"));
        await client.query(
          "analyze pg_catalog.pg_dist_shard, pg_catalog.pg_dist_placement, pg_catalog.pg_dist_partition, pg_catalog.pg_class",
        );
      }),
    ),
  );
  await query(
    state,
    `select setval('pg_catalog.pg_dist_shardid_seq', $1::bigint), setval('pg_catalog.pg_dist_placement_placementid_seq', $2::bigint),
            setval('pg_catalog.pg_dist_colocationid_seq', $3::bigint)`,
    [FIRST_SHARD + seed.shards, FIRST_PLACEMENT + seed.shards, FIRST_COLOCATION + tables.length],
  );
}

type Numbered = { name: string; shards: number; colocationid: number; first_shard: number };

function withNumbers(seed: ScaleSeed): Numbered[] {
  let shard = FIRST_SHARD;
  return planTables(seed).map(({ name, shardCount, group }) => {
    const first = shard;
    shard += shardCount;
    return { name, shards: shardCount, colocationid: FIRST_COLOCATION + group, first_shard: first };
  });
}

async function homesOf(state: SandboxState): Promise<number[]> {
  const sql = `select groupid from pg_catalog.pg_dist_node where isactive and noderole = 'primary' and shouldhaveshards order by groupid`;
  return (await query<{ groupid: number }>(state, sql)).map(({ groupid }) => groupid);
}

/** The scripts read their parameters from temporary tables: a script takes none. */
async function hand(client: pg.Client, tables: readonly Numbered[], homes: readonly number[]): Promise<void> {
  await client.query(
    "create temporary table wanted (name name, shards bigint, colocationid integer, first_shard bigint)",
  );
  await client.query(
    "insert into wanted select * from jsonb_to_recordset($1) as t(name name, shards bigint, colocationid integer, first_shard bigint)",
    [JSON.stringify(tables)],
  );
  await client.query("create temporary table homes as select $1::integer[] as ids", [homes]);
  await client.query("create temporary table first_placement as select $1::bigint as id", [FIRST_PLACEMENT]);
}

async function inTransaction(connectionString: string, use: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString, application_name: "sandbox" });
  client.on("error", () => {}); // the pending query already rejects
  await client.connect();
  try {
    await client.query("begin");
    await use(client);
    await client.query("commit");
  } finally {
    await client.end();
  }
}
