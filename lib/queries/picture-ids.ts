import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";

/** Under which number the engine knows a picture that it made the columns of. Pictures of tests have none. */
export const pictureIds = new WeakMap<ClusterPicture, { clusterId: ClusterId; pictureId: number }>();
