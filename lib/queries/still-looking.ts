"use client";
import { focusManager, notifyManager, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ClusterId } from "@/lib/domain/cluster";
import { lookSchema, type TopicName } from "@/lib/domain/live";
import { readJson } from "@/lib/http-read";
import { pageNow, syncPageClock } from "@/lib/page-clock";
import { apiRoutes } from "@/lib/routes";
import { type Live, liveKeys } from "./live";

const LOOK_EVERY_MS = 5_000;

/** Says every few seconds, in one request for all topics of a cluster that are on screen, that somebody looks, and renews their ages. */
export function useStillLooking(clusterId: ClusterId): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    let isBusy = false;
    const timer = setInterval(async () => {
      // In a tab that nobody sees the topics rest, as everywhere in this page.
      if (isBusy || !focusManager.isFocused()) return;
      isBusy = true;
      await lookAgain(queryClient, clusterId);
      isBusy = false;
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [clusterId, queryClient]);
}

/** Where that request fails, or tells of news, or a topic was in trouble, the topic asks for itself, and says itself what is wrong. */
export async function lookAgain(queryClient: QueryClient, clusterId: ClusterId): Promise<void> {
  const queryKey = liveKeys.topics(clusterId);
  const onScreen = queryClient.getQueryCache().findAll({ queryKey, type: "active", fetchStatus: "idle" });
  if (onScreen.length === 0) return;
  const topicOf = (key: readonly unknown[]) => key.at(-1) as TopicName;
  const seen = await ask(
    clusterId,
    onScreen.map((query) => topicOf(query.queryKey)),
  ).catch(() => null);
  const receivedAt = pageNow();
  notifyManager.batch(() => {
    for (const { queryKey, state } of onScreen) {
      // It has heard something itself in the meantime.
      if (state.fetchStatus !== "idle") continue;
      const told = seen?.find(({ topic }) => topic === topicOf(queryKey));
      const known = state.data as Live<unknown> | undefined;
      if (told && known?.version === told.version && state.status === "success") {
        const { ageMs, failingForMs } = told;
        queryClient.setQueryData<Live<unknown>>(queryKey, { ...known, ageMs, failingForMs, receivedAt });
      } else void queryClient.refetchQueries({ queryKey, exact: true });
    }
  });
}

async function ask(clusterId: ClusterId, topics: readonly TopicName[]) {
  const response = await fetch(apiRoutes.look(clusterId, topics), { cache: "no-store" });
  syncPageClock(response.headers.get("date"));
  return (await readJson(response, lookSchema)).topics;
}
