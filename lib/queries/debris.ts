import type { ClusterId } from "@/lib/domain/cluster";
import { type DebrisCleanInput, debrisSchema } from "@/lib/domain/debris";
import { cleanDebris, previewCleanDebris } from "@/server/actions/debris";
import type { ChangeActions } from "./changes";
import { liveQuery } from "./live";

export const debrisQueries = { current: (clusterId: ClusterId) => liveQuery(clusterId, "debris", debrisSchema) };

export const debrisCleanActions: ChangeActions<DebrisCleanInput> = {
  name: "debris.clean",
  preview: previewCleanDebris,
  start: cleanDebris,
};
