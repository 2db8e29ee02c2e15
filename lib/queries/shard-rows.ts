"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo } from "react";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import type { MapColumn } from "@/lib/domain/map-columns";
import { shardOrder } from "@/lib/domain/shard-order";
import { type Rows, rowsAt, type ShardRow } from "@/lib/domain/shard-rows";
import type { ShardView } from "@/lib/domain/shard-view";
import { isFiltered, shownGroups } from "@/lib/domain/shown-groups";
import { layoutEngine } from "./layout-door";
import { pictureIds } from "./picture-ids";

type Ordered = { picture: ClusterPicture; kind: ShardView["rows"]; positions: Uint32Array };

/**
 * The rows of the table below the map. Filtered and sorted by the engine; until it answers, those before stay, so that
 * typing waits for nothing. `rows` undefined: the first are not there yet. `shown`: which groups they are of; null where
 * nothing is filtered.
 */
export function useShardRows(
  picture: ClusterPicture,
  columns: readonly MapColumn[],
  view: ShardView,
): { rows: Rows<ShardRow> | undefined; shown: Uint8Array | null } {
  const { filter, node, column, rows: kind, sort, direction } = view;
  const made = pictureIds.get(picture);
  const here = useMemo(() => {
    if (made) return null;
    return {
      picture,
      kind,
      positions: shardOrder(picture, columns, { filter, node, column, rows: kind, sort, direction }),
    };
  }, [made, picture, columns, filter, node, column, kind, sort, direction]);
  const asked = useQuery({
    queryKey: ["shard rows", made?.clusterId, made?.pictureId, filter, node, column, kind, sort, direction],
    queryFn: async (): Promise<Ordered> => {
      const positions = made && (await layoutEngine().order({ ...made, view }));
      // The engine has made another picture since: that one is on its way here, and until then this one is sorted here.
      return { picture, kind, positions: positions ?? shardOrder(picture, columns, view) };
    },
    enabled: made !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    structuralSharing: false,
    placeholderData: keepPreviousData,
  });
  // In small steps, as the picture comes: what the worker has sorted is not to stop who types.
  const ordered = useDeferredValue(here ?? asked.data);
  const rows = useMemo(
    () => (ordered ? rowsAt(ordered.picture, columns, ordered.kind, ordered.positions) : undefined),
    [ordered, columns],
  );
  const isWanted = isFiltered({ filter, node, column });
  const shown = useMemo(() => {
    // Between two readings the groups are the same as a rule: what was shown stays shown until the new order is there.
    const isOfThis = ordered?.picture.groupColumns.count === picture.groupColumns.count;
    return isWanted && ordered && isOfThis ? shownGroups(ordered.picture, ordered.kind, ordered.positions) : null;
  }, [isWanted, ordered, picture]);
  return { rows, shown };
}
