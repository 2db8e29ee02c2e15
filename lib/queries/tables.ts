import { queryOptions } from "@tanstack/react-query";
import { unwrap } from "@/lib/action-result";
import type { ClusterId } from "@/lib/domain/cluster";
import type { DistributeInput, TableInput, UndistributeInput } from "@/lib/domain/distribute-choice";
import { localTablesSchema } from "@/lib/domain/local-table";
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

const distribute: ChangeActions<DistributeInput> = {
  name: "table.distribute",
  preview: actions.previewDistribute,
  start: actions.distribute,
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
