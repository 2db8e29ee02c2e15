"use client";
import { useQuery } from "@tanstack/react-query";
import type { ClusterId } from "@/lib/domain/cluster";
import { flightQueries } from "@/lib/queries/flights";

/** The jobs whose run is on record. */
export function useRecorded(clusterId: ClusterId, newest: number | undefined): ReadonlySet<number> {
  const flights = useQuery(flightQueries.list(clusterId, newest)).data;
  return new Set(flights?.map(({ jobId }) => jobId));
}
