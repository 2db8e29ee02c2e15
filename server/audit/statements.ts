import "server-only";
import { storeStatement } from "@/server/store/database";
import { auditRowSchema } from "./found";

const COLUMNS = "a.seq, a.at, a.kind, a.cluster_id, a.actor_id, a.run_id, a.body, a.prev, a.hash";
/** What a run is about stands in its intent; an outcome says only how it ended. */
const WITH_INTENT = "left join audit i on i.run_id = a.run_id and i.kind = 'intent'";

/** The newest record, whatever stands there. */
export const HEAD = storeStatement({
  text: `select ${COLUMNS} from audit a order by a.seq desc limit 1`,
  row: auditRowSchema,
});

/** In the order of the chain, from a number on. */
export const FORWARD = storeStatement({
  text: `select ${COLUMNS} from audit a where a.seq >= $1 order by a.seq limit $2`,
  row: auditRowSchema,
});

/**
 * Newest first, below a number. Each narrowing is left out by null; `cluster_id` '*' stands for what belongs to no cluster. What
 * stands inside the body is looked at afterwards: the two databases have no common words for JSON.
 */
export const BACKWARD = storeStatement({
  text: `select ${COLUMNS}, i.body as intent_body from audit a ${WITH_INTENT}
          where a.seq < $1 and a.at >= $2 and a.at < $3
            and (cast($4 as text) is null or coalesce(a.cluster_id, '*') = $4)
            and (cast($5 as text) is null or a.actor_id = $5)
            and (cast($6 as text) is null or a.kind = $6)
            and (cast($7 as text) is null or a.run_id = $7)
          order by a.seq desc limit $8`,
  row: auditRowSchema,
});

/** The newest record in which somebody acknowledged what does not fit before it. */
export const ACKNOWLEDGED = storeStatement({
  text: `select ${COLUMNS} from audit a where a.kind = 'acknowledged' order by a.seq desc limit 1`,
  row: auditRowSchema,
});
