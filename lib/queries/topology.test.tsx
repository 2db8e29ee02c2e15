import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { encodeColumns } from "@/lib/domain/layout-codec";
import { aPicture } from "@/lib/testing/layout";
import { liveAnswer } from "@/lib/testing/live-answer";
import { liveKeys } from "./live";
import { useClusterPicture } from "./topology";

const clusterId = clusterIdSchema.parse("shop");
const { nodes, topology } = aPicture();
const ages = { problem: null, ageMs: 0, tookMs: 1, failingForMs: null };

afterEach(() => vi.unstubAllGlobals());

test("another count of placements makes no other picture, another state of a node does", async () => {
  let told = { version: "1", data: { nodes, coordinatorRegistered: true } };
  vi.stubGlobal("fetch", async (url: string) => {
    if (url.includes("/topology"))
      return new Response(encodeColumns("topology", { version: "1", data: topology, problem: null }));
    if (url.includes("/sizes"))
      return new Response(encodeColumns("sizes", { version: "1", data: null, problem: null }));
    return liveAnswer({ ...told, ...ages });
  });
  const client = new QueryClient();
  const { result } = renderHook(() => useClusterPicture(clusterId), {
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  });
  await waitFor(() => expect(result.current.data?.data).toBeTruthy());
  const first = result.current.data?.data;
  const tell = async (version: string, changed: typeof nodes) => {
    told = { version, data: { nodes: changed, coordinatorRegistered: true } };
    await act(() => client.invalidateQueries({ queryKey: liveKeys.topic(clusterId, "nodes") }));
    await waitFor(() => expect(client.isFetching()).toBe(0));
  };
  const counted = nodes.map((node, index) => ({ ...node, placementCount: node.placementCount + index }));
  await tell("2", counted);
  expect(result.current.data?.version).toBe("2");
  expect(result.current.data?.data).toBe(first);
  await tell(
    "3",
    counted.map((node) => ({ ...node, isActive: false })),
  );
  await waitFor(() => expect(result.current.data?.data?.nodes.every((node) => !node.isActive)).toBe(true));
});
