import "server-only";
import { z } from "zod";
import type { Note } from "@/lib/domain/change";
import { allOf, refused, type Verdict } from "@/lib/domain/cluster";
import { isolateTenantInput } from "@/lib/domain/shard-change";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import { shardNotes } from "@/lib/domain/shard-preflight";
import { amountWords } from "@/lib/domain/shard-rules";
import { maySplit } from "@/lib/domain/split-ranges";
import { fullName } from "@/lib/domain/table-facts";
import { AppError } from "@/lib/errors";
import { call, change } from "@/server/changes/define";
import { findKey } from "@/server/shards/find-key";
import * as statements from "@/server/sql/shard-changes";
import { readShardCheck } from "./check";
import { groupOfShard, nameOfNode, readLayoutNow, tablesOf } from "./now";
import { LAYOUT_TOPICS, moveClaims } from "./one-move";

/** Gives one value of the distribution column a shard group of its own, on the node where it is. It can be moved from there. */
export const isolateTenant = change({
  name: "tenant.isolate",
  permission: "tenant:isolate",
  input: isolateTenantInput,
  doing: (subject) => `isolating ${subject}`,
  before: z.object({ shardId: z.number() }),
  prepare: async (target, { clusterId, tableOid, value, mode }) => {
    const key = await findKey(target, { clusterId, tableOid, value });
    const now = await readLayoutNow(target);
    const group = groupOfShard(now, key.shardId);
    const table = tablesOf(now, group).find((one) => one.oid === tableOid);
    const source = now.nodes.find((node) => node.role === "primary" && group.groupIds.includes(node.groupId));
    if (!table || !source) throw new AppError("not_found", "The table, or the node that holds the value, is gone.");
    const verdict = allOf(isAlone(group), maySplit(group));
    const looked = await readShardCheck(target, now, {
      deed: "split",
      mode,
      group,
      source,
      targets: [source],
      share: () => 1,
      needsDecoder: true,
    });
    const name = fullName(table);
    const place = nameOfNode(now, source);
    const params = { schema: table.schema, name: table.name, value, mode };
    return {
      subject: `a tenant of ${name}`,
      typed: name,
      steps: [
        {
          title: `Split ${amountWords(group.shardIds.length, looked.bytes)} on ${place} around the value`,
          calls: [
            call(statements.isolateTenant, params, (rows) => ({
              message: `The value is in shard ${rows[0]?.shard_id} now.`,
            })),
          ],
        },
      ],
      notes: verdict.allowed
        ? [...shardNotes(looked.check), ...meaning(group, place)]
        : [{ tone: "bad", text: verdict.because }],
      dependsOn: [`shard ${key.shardId} of ${key.min} to ${key.max} on ${place}`],
      claims: moveClaims([source]),
      before: { shardId: key.shardId },
      refresh: LAYOUT_TOPICS,
    };
  },
  effect: async (target, { input: { clusterId, tableOid, value }, before }) => {
    const { shardId, min, max } = await findKey(target, { clusterId, tableOid, value });
    const isAlone = shardId !== before.shardId && min === max;
    return {
      seen: isAlone,
      sentence: isAlone
        ? `The value is in shard ${shardId}, whose range is its hash ${min} alone.`
        : `The value is in shard ${shardId}, together with others.`,
    };
  },
});

function isAlone({ id, min, max }: ShardGroup): Verdict {
  return min !== null && min === max
    ? refused(`It is in shard group ${id}, whose range is one hash value: it is isolated already.`)
    : { allowed: true };
}

function meaning(group: ShardGroup, place: string): Note[] {
  return [
    {
      tone: "info",
      text: `Shard group ${group.id} becomes up to three: what is before the value's hash, its own, and what is behind.`,
      detail: `All stay on ${place}; the tenant's can be moved from there. Citus cannot put them together again.`,
    },
  ];
}
