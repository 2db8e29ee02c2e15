import { queryOptions } from "@tanstack/react-query";
import type { ClusterId } from "@/lib/domain/cluster";
import { type Flight, flightListSchema, flightSchema } from "@/lib/domain/flight";
import { isJobOpen } from "@/lib/domain/job";
import { readJson } from "@/lib/http-read";
import { apiRoutes } from "@/lib/routes";
import { liveKeys } from "./live";

const isGoingOn = (flight: Flight | undefined) => flight !== undefined && isJobOpen(flight.job) && !flight.isLost;

export const flightQueries = {
  /** Which runs are on record. `newest`: the newest job, whose record is there soon after it began. */
  list: (clusterId: ClusterId, newest: number | undefined) =>
    queryOptions({
      queryKey: [...liveKeys.cluster(clusterId), "flights", newest] as const,
      queryFn: async ({ signal }) =>
        (await readJson(await fetch(apiRoutes.flights(clusterId), { signal, cache: "no-store" }), flightListSchema))
          .flights,
      staleTime: 10_000,
      retry: false,
    }),
  /** The record of one run; of one that goes on it grows. */
  one: (clusterId: ClusterId, jobId: number) =>
    queryOptions({
      queryKey: [...liveKeys.cluster(clusterId), "flight", jobId] as const,
      queryFn: async ({ signal }): Promise<Flight> =>
        readJson(await fetch(apiRoutes.flight(clusterId, jobId), { signal, cache: "no-store" }), flightSchema),
      // A run that is over is measured once more, a moment later.
      refetchInterval: ({ state }) => (isGoingOn(state.data) ? 3_000 : state.data?.skewAfter === null ? 15_000 : false),
      retry: false,
    }),
};
