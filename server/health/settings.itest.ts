import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { TopicName } from "@/lib/domain/live";
import { forgetSteadiness } from "@/server/nodes/steady-facts";
import { closePools } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";
import { type Everything, readEverything } from "@/server/testing/read-everything";

const { sandbox, asReadLogin } = testCluster();
const login = asReadLogin.logins.read.user;
const NODES = ["coordinator", "worker1", "worker2", "worker3"] as const;
/** These say the same however often they are read. */
const STEADY: readonly TopicName[] = ["nodes", "topology", "sizes", "local-tables"];

let plain: Everything;
beforeAll(async () => {
  forgetSteadiness();
  plain = await readEverything(asReadLogin);
  expect(plain.problems).toEqual([]);
});

/** On each node by itself: a role's settings are not Citus' to hand on. */
async function onEveryNode(text: string): Promise<void> {
  await Promise.all(
    NODES.map((node) => sandbox.query(`set citus.enable_alter_role_set_propagation = off; ${text}`, [], { node })),
  );
}

afterEach(async () => {
  await onEveryNode(`alter role ${login} reset all`);
  await closePools();
});
afterAll(closePools);

const without = (data: unknown) =>
  JSON.parse(JSON.stringify(data, (key, value: unknown) => (key === "tookMs" ? undefined : value))) as unknown;

const SETTINGS: Record<string, string>[] = [
  { DateStyle: "SQL, DMY", IntervalStyle: "sql_standard", TimeZone: "Asia/Kathmandu" },
  { DateStyle: "German", IntervalStyle: "postgres_verbose", TimeZone: "America/St_Johns" },
  { DateStyle: "Postgres, MDY", IntervalStyle: "iso_8601", TimeZone: "Pacific/Apia" },
  {
    bytea_output: "escape",
    extra_float_digits: "-15",
    standard_conforming_strings: "off",
    client_min_messages: "debug5",
  },
  {
    search_path: "public",
    statement_timeout: "1ms",
    lock_timeout: "1ms",
    default_transaction_isolation: "serializable",
  },
];

async function readsAlike(settings: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(settings))
    await onEveryNode(`alter role ${login} set ${name} = '${value}'`);
  await closePools();
  const { data, problems } = await readEverything(asReadLogin);
  expect(problems).toEqual([]);
  for (const topic of STEADY) expect(without(data[topic]), topic).toEqual(without(plain.data[topic]));
}

test.each(SETTINGS.map((settings) => [JSON.stringify(settings), settings] as const))(
  "F31: a login with %s reads the same",
  (_name, settings) => readsAlike(settings),
);

test("F31: a server that speaks German is understood", async (context) => {
  const [locale] = await sandbox.query<{ name: string }>(
    "select collcollate as name from pg_catalog.pg_collation where collcollate ~* '^de_DE.utf-?8' limit 1",
  );
  if (!locale) return context.skip("this machine has no German locale");
  await readsAlike({ lc_messages: locale.name });
});
