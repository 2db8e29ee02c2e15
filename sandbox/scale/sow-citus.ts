import pg from "pg";
import { query, urlOf } from "../query.ts";
import type { SandboxState } from "../state.ts";
import type { ScaleSeed } from "../types.ts";
import { planTables, type ScaleTable } from "./plan.ts";

/** Every so many tables one gets rows, so that shards differ in size. */
const FILLED_EVERY = 20;
const ROWS = 20_000;

/** Real shards, table by table: a transaction each, or their locks would not fit. Two at a time, on as many cores. */
export async function sowOnCitus(state: SandboxState, seed: ScaleSeed): Promise<void> {
  const tables = planTables(seed);
  const groups = [...Map.groupBy(tables, ({ group }) => group).values()];
  const began = performance.now();
  let made = 0;
  const tell = ({ shardCount }: ScaleTable) => {
    const before = made;
    made += shardCount;
    if (Math.floor(made / 5_000) === Math.floor(before / 5_000)) return;
    console.log(`  ${made} of ${seed.shards} shards after ${Math.round((performance.now() - began) / 1_000)} s`);
  };
  await withSession(state, async (first) => {
    await first.query("reset role");
    await first.query("create schema scale authorization shop_owner");
    await first.query("grant usage on schema scale to public");
  });
  const worker = () =>
    withSession(state, async (client) => {
      for (let group = groups.shift(); group; group = groups.shift()) {
        for (const table of group) {
          await makeTable(client, table, group[0]?.name ?? table.name);
          tell(table);
        }
      }
    });
  await Promise.all([worker(), worker()]);
  console.log("  VACUUM on every worker, as autovacuum would have been there by now");
  for (const node of ["worker1", "worker2", "worker3"] as const) await query(state, "vacuum", [], { node });
}

async function makeTable(client: pg.Client, { name, shardCount }: ScaleTable, first: string): Promise<void> {
  await client.query(`create table scale.${name} (id bigint primary key, note text)`);
  const with_ =
    name === first ? `colocate_with => 'none', shard_count => ${shardCount}` : `colocate_with => 'scale.${first}'`;
  await client.query(`select create_distributed_table('scale.${name}', 'id', ${with_})`);
  const number = Number(name.slice(1));
  if (number % FILLED_EVERY !== 0) return;
  const rows = ROWS * (1 + ((number / FILLED_EVERY) % 5));
  await client.query(`insert into scale.${name} select n, repeat('x', 60) from generate_series(1, ${rows}) n`);
}

/** As the tables' owner: they belong to no superuser, as in production. */
async function withSession(state: SandboxState, use: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(state), application_name: "sandbox" });
  client.on("error", () => {}); // the pending query already rejects
  await client.connect();
  try {
    await client.query("set role shop_owner");
    await use(client);
  } finally {
    await client.end();
  }
}
