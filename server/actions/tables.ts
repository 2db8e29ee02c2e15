"use server";
import { tableInput } from "@/lib/domain/distribute-choice";
import { distributeTable } from "@/server/tables/distribute";
import { createReferenceTable } from "@/server/tables/reference";
import { readPreflight } from "@/server/tables/surroundings";
import { truncateLocalRows } from "@/server/tables/truncate-local";
import { undistributeTable } from "@/server/tables/undistribute";
import { askAction, changeAction, previewAction } from "./wrap";

export const askPreflight = askAction({
  input: tableInput,
  run: (target, { table }) => readPreflight(target, table),
  redact: null,
});

export const previewDistribute = previewAction(distributeTable);
export const distribute = changeAction(distributeTable);

export const previewReference = previewAction(createReferenceTable);
export const createReference = changeAction(createReferenceTable);

export const previewUndistribute = previewAction(undistributeTable);
export const undistribute = changeAction(undistributeTable);

export const previewTruncateLocal = previewAction(truncateLocalRows);
export const truncateLocal = changeAction(truncateLocalRows);
