"use client";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ClusterId } from "@/lib/domain/cluster";
import { type LiveEvent, liveEventSchema } from "@/lib/domain/live";
import { startPageClock } from "@/lib/page-clock";
import { apiRoutes } from "@/lib/routes";
import { type Live, liveKeys } from "./live";

const ASK_AGAIN_MS = 5_000;

/**
 * Listens to the cluster's event stream. Takes what came along with news, and asks for each topic of which there is more.
 *
 * One stream per browser: a browser opens six connections per host, so a stream in each tab would hang the seventh. The
 * tab that holds the lock listens and tells the others; when it closes, the next one takes over.
 */
export function useLiveEvents(clusterId: ClusterId): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    startPageClock();
    const name = `shardboard ${clusterId}`;
    const channel = new BroadcastChannel(name);
    const ended = new AbortController();
    const hear = (text: string) => {
      const event = liveEventSchema.safeParse(JSON.parse(text));
      if (event.success) void hearOf(queryClient, clusterId, event.data);
    };
    channel.onmessage = (message: MessageEvent<string>) => hear(message.data);
    const listen = () =>
      new Promise<void>((resolve) => {
        // The lock may be granted just after this screen was left: an abort that already happened fires no event.
        if (ended.signal.aborted) return resolve();
        let source: EventSource;
        let again: ReturnType<typeof setTimeout> | undefined;
        const open = () => {
          source = new EventSource(apiRoutes.events(clusterId));
          source.onmessage = (message: MessageEvent<string>) => {
            channel.postMessage(message.data);
            hear(message.data);
          };
          // A browser gives up for good on an answer that is no stream, such as "not signed in": that may pass.
          source.onerror = () => {
            if (source.readyState === EventSource.CLOSED) again = setTimeout(open, ASK_AGAIN_MS);
          };
        };
        open();
        ended.signal.addEventListener("abort", () => {
          clearTimeout(again);
          source.close();
          resolve();
        });
      });
    navigator.locks.request(name, { signal: ended.signal }, listen).catch((cause: unknown) => {
      if (!ended.signal.aborted) throw cause;
    });
    return () => {
      ended.abort();
      channel.close();
    };
  }, [clusterId, queryClient]);
}

/** @throws what the worker says is wrong with what came along; the page's own log has it then, and the topic asks for itself soon */
export async function hearOf(
  queryClient: QueryClient,
  clusterId: ClusterId,
  { topic, version, step }: LiveEvent,
): Promise<void> {
  const queryKey = liveKeys.topic(clusterId, topic);
  const known = queryClient.getQueryData<Live<unknown>>(queryKey);
  if (known?.version === version) return;
  if (known && step) {
    // A page that has a layout has loaded this already; any other does not need it.
    const { takeStep } = await import("./take-step");
    if (await takeStep(queryClient, clusterId, topic, step)) return;
  }
  // Only what is on screen is fetched; the rest is marked, and read when a screen asks for it.
  await queryClient.invalidateQueries({ queryKey });
}
