import { expect, test } from "vitest";
import { aPicture, someSizes } from "@/lib/testing/layout";
import { packBody, unpackBody } from "./body";

const { topology, nodes } = aPicture();
const problem = { code: "node_unreachable" as const, detail: "connection refused", traceId: "t" };

test("what one console packs another unpacks: columns, and everything else as JSON", async () => {
  const sizes = someSizes(nodes, topology, (shard) => shard.id, nodes.slice(1, 2));
  const large = { text: "x".repeat(100_000) };
  for (const [topic, data] of [
    ["topology", topology],
    ["sizes", sizes],
    ["jobs", { jobs: [] }],
    ["activity", large],
  ] as const)
    expect(await unpackBody(topic, await packBody(topic, { data, problem }))).toMatchObject({ data, problem });
});

test("columns that were never read are null on the other console too", async () => {
  const never = { data: null, problem };
  expect(await unpackBody("topology", await packBody("topology", never))).toMatchObject(never);
});
