import "server-only";
import { activitySchema } from "@/lib/domain/activity";
import { redactActivity } from "@/lib/domain/redact";
import { topic } from "@/server/live/topic";
import { readActivity, readActivityViews } from "./reads";
import { requestViews, takeViewsRequest } from "./views-request";

/** Sessions come and go: the fastest pace of all topics. It costs each node one statement over an open connection. */
export const activityTopic = topic({
  name: "activity",
  schema: activitySchema,
  thoroughly: ({ clusterId }) => requestViews(clusterId),
  paceMs: () => 2_000,
  restMs: 30_000,
  read: (target) => (takeViewsRequest(target.clusterId) ? readActivityViews(target) : readActivity(target)),
  redact: redactActivity,
  isRawOnRecord: true,
});
