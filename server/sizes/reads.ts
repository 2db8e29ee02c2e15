import "server-only";
import { nodeSizes, type Sizes } from "@/lib/domain/sizes";
import type { Target } from "@/server/clusters";
import { listPrimaries } from "@/server/nodes/reads";
import { askNodes } from "@/server/pg/ask-nodes";
import { ownShardSizes } from "@/server/sql/sizes";

/** Every primary's answer about its own shards; a node that fails is an answer with a problem. */
export async function readSizes(target: Target): Promise<Sizes> {
  const answers = await askNodes(target, await listPrimaries(target), ownShardSizes);
  return { answers: answers.map((answer) => (answer.ok ? { ...answer, value: nodeSizes(answer.value) } : answer)) };
}
