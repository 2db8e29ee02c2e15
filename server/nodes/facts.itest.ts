import { afterAll, expect, test } from "vitest";
import { closePools } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";
import { readNodeFacts } from "./facts";
import { listNodes } from "./reads";

afterAll(closePools);

test("the pg_monitor login learns every node's versions, connections and disk", async () => {
  const { asReadLogin } = testCluster();
  const { answers } = await readNodeFacts(asReadLogin);
  const facts = answers.map((answer) => {
    if (!answer.ok) throw new Error(answer.problem.detail);
    return answer.value;
  });
  expect(facts).toHaveLength((await listNodes(asReadLogin)).length);
  for (const fact of facts) {
    expect(fact.citusVersion).toMatch(/^Citus \d+\.\d+/);
    expect(fact.extensionVersion).toMatch(/^\d+\.\d+-\d+$/);
    expect(fact.connectionsUsed).toBeGreaterThan(0);
    expect(fact.connectionsMax).toBeGreaterThan(fact.connectionsUsed);
    expect(fact.diskFreeBytes).toBeGreaterThan(0);
    expect(fact.uptimeSeconds).toBeGreaterThanOrEqual(0);
  }
});

test("a login that may not ask for the disk loses the disk's numbers, and nothing else", async () => {
  const { asReadLogin, sandbox } = testCluster();
  const disk = "function pg_catalog.citus_local_disk_space_stats()";
  await sandbox.query(`revoke execute on ${disk} from public`);
  try {
    const { answers } = await readNodeFacts(asReadLogin);
    expect(answers.map((answer) => answer.ok && answer.value.diskFreeBytes)).toEqual(answers.map(() => null));
  } finally {
    await sandbox.query(`grant execute on ${disk} to public`);
  }
});
