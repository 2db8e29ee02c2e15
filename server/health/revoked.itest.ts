import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { NodeFactsTopic } from "@/lib/domain/node-facts";
import { forgetSteadiness } from "@/server/nodes/steady-facts";
import { closePools } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";
import { readEverything } from "@/server/testing/read-everything";

const { sandbox, asReadLogin } = testCluster();
const login = asReadLogin.logins.read.user;

/** What the read login has through PUBLIC, and what fails without it. */
const RELATIONS = [
  ...["pg_dist_node", "pg_dist_partition", "pg_dist_shard", "pg_dist_placement", "pg_dist_colocation"],
  ...["pg_dist_background_job", "pg_dist_cleanup"],
  ...["pg_dist_local_group", "pg_stat_activity", "pg_locks", "pg_prepared_xacts", "pg_replication_slots"],
  ...["pg_stat_replication", "pg_class", "pg_namespace", "pg_attribute", "pg_index", "pg_constraint"],
  ...["pg_extension", "pg_publication", "pg_stat_subscription", "pg_type"],
];
const FUNCTIONS = [
  ...["citus_version()", "pg_postmaster_start_time()", "pg_current_wal_lsn()"],
  ...[
    "pg_total_relation_size(regclass)",
    "pg_is_in_recovery()",
    "pg_blocking_pids(integer)",
    "pg_wal_lsn_diff(pg_lsn,pg_lsn)",
  ],
];

type Grant = { right: "select" | "execute"; on: string; named: string };
const GRANTS: Grant[] = [
  ...RELATIONS.map((name): Grant => ({ right: "select", on: `pg_catalog.${name}`, named: `ON pg_catalog.${name} ` })),
  ...FUNCTIONS.map(
    (name): Grant => ({
      right: "execute",
      on: `function pg_catalog.${name}`,
      named: `ON FUNCTION pg_catalog.${name.slice(0, name.indexOf("("))}(`,
    }),
  ),
];

const own = (text: string) =>
  sandbox.query(`set citus.enable_ddl_propagation = off; set citus.enable_metadata_sync = off; ${text}`);

let giveBack = "";
beforeAll(async () => {
  forgetSteadiness();
  expect((await readEverything(asReadLogin)).problems).toEqual([]);
});
afterEach(async () => {
  await own(giveBack);
  forgetSteadiness();
});
afterAll(closePools);

async function has({ right, on }: Grant): Promise<boolean> {
  const [kind, name] = right === "select" ? ["table", on] : ["function", on.replace("function ", "")];
  const [row] = await sandbox.query<{ has: boolean }>(`select has_${kind}_privilege($1, $2, $3) as has`, [
    login,
    name,
    right,
  ]);
  return row?.has ?? false;
}

describe(`F28: each of ${GRANTS.length} rights is taken away while the console reads`, () => {
  test.each(GRANTS)("$right on $on: what fails says so, with the statement that gives it back", async (grant) => {
    giveBack = `grant ${grant.right} on ${grant.on} to public; revoke ${grant.right} on ${grant.on} from ${login}`;
    await own(`revoke ${grant.right} on ${grant.on} from public`);
    expect(await has(grant)).toBe(false);
    const { problems } = await readEverything(asReadLogin);
    expect(problems.length).toBeGreaterThan(0);
    for (const { topic, problem } of problems) {
      expect(problem, topic).toMatchObject({ code: "pg_permission", sqlState: "42501" });
    }
    // A function of Citus may use what the statement itself does not name: then only the server's words tell.
    const remedies = problems.flatMap(({ problem }) => problem.remedy ?? []);
    expect(remedies.length).toBeGreaterThan(0);
    for (const remedy of remedies) expect(remedy).toContain(grant.named);
    await own(remedies[0] ?? "");
    expect(await has(grant)).toBe(true);
  });
});

test("without the right to ask how full a disk is, that alone is unknown", async () => {
  giveBack = "grant execute on function pg_catalog.citus_local_disk_space_stats() to public";
  await own("revoke execute on function pg_catalog.citus_local_disk_space_stats() from public");
  const { problems, data } = await readEverything(asReadLogin);
  expect(problems).toEqual([]);
  const { answers } = data["node-facts"] as NodeFactsTopic;
  expect(answers.map((answer) => answer.ok && answer.value.diskFreeBytes)).toEqual(answers.map(() => null));
});
