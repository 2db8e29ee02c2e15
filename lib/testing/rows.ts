import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { mapColumns } from "@/lib/domain/map-columns";
import { shardOrder } from "@/lib/domain/shard-order";
import { type Rows, rowsAt, type ShardRow } from "@/lib/domain/shard-rows";
import type { ShardView } from "@/lib/domain/shard-view";

/** Every row of the table, filtered and sorted as the view says. */
export function shardRows(picture: ClusterPicture, view: ShardView): ShardRow[] {
  const columns = mapColumns(picture);
  return allOf(rowsAt(picture, columns, view.rows, shardOrder(picture, columns, view)));
}

export function allOf<Row>(rows: Rows<Row>): Row[] {
  return Array.from({ length: rows.length }, (_, index) => rows.at(index) as Row);
}
