import type { QueryClient } from "@tanstack/react-query";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ColumnTopic } from "@/lib/domain/layout-codec";
import type { Step, TopicName } from "@/lib/domain/live";
import { pageNow } from "@/lib/page-clock";
import { layoutEngine } from "./layout-door";
import { liveKeys } from "./live";

/** Shows what came along with a topic's news, without a request. false: the page does not have what it rests on. */
export async function takeStep(
  queryClient: QueryClient,
  clusterId: ClusterId,
  topic: TopicName,
  { since, columns, ageMs, tookMs }: Step,
): Promise<boolean> {
  const receivedAt = pageNow();
  // Only a topic that travels as columns has steps.
  const { content } = await layoutEngine().take({ clusterId, topic: topic as ColumnTopic, since, columns });
  if (!content) return false;
  const queryKey = liveKeys.topic(clusterId, topic);
  // An answer that is on its way may be older than this.
  await queryClient.cancelQueries({ queryKey });
  queryClient.setQueryData(queryKey, { ...content, ageMs, tookMs, failingForMs: null, receivedAt });
  return true;
}
