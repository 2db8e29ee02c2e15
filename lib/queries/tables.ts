import { queryOptions } from "@tanstack/react-query";
import { unwrap } from "@/lib/action-result";
import type { ClusterId } from "@/lib/domain/cluster";
import type { DistributeInput, TableInput, UndistributeInput } from "@/lib/domain/distribute-choice";
import { localTablesSchema } from "@/lib/domain/local-table";
import { rawText } from "@/lib/format/visible";
import * as actions from "@/server/actions/tables";
import type { ChangeActions } from "./changes";
import { liveKeys, liveQuery } from "./live";

export const tableQueries = {
  local: (clusterId: ClusterId) => liveQuery(clusterId, "local-tables", localTablesSchema),
  /** One table and all that decides what may be done with it. Asked when a panel or a dialog opens. */
  preflight: (input: TableInput) =>
    queryOptions({
      queryKey: [...liveKeys.cluster(input.clusterId), "preflight", input.table] as const,
      queryFn: () => unwrap(actions.askPreflight(input)),
      staleTime: 5_000,
      retry: false,
    }),
};

/** A column is sent by its name, and here it is known as it is shown. */
function asNamed(input: unknown): unknown {
  const column = typeof input === "object" && input !== null && "column" in input ? input.column : undefined;
  return typeof column === "string" ? { ...(input as object), column: rawText(column) } : input;
}
const distribute: ChangeActions<DistributeInput> = {
  name: "table.distribute",
  preview: (input) => actions.previewDistribute(asNamed(input)),
  start: (input) => actions.distribute(asNamed(input)),
};
const reference: ChangeActions<TableInput> = {
  name: "table.createReference",
  preview: actions.previewReference,
  start: actions.createReference,
};
const undistribute: ChangeActions<UndistributeInput> = {
  name: "table.undistribute",
  preview: actions.previewUndistribute,
  start: actions.undistribute,
};
const truncateLocal: ChangeActions<TableInput> = {
  name: "table.truncateLocal",
  preview: actions.previewTruncateLocal,
  start: actions.truncateLocal,
};
export const tableChanges = { distribute, reference, undistribute, truncateLocal };
