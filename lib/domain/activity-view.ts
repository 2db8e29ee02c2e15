import { z } from "zod";
import { SESSION_STATUSES, type SessionStatus } from "./activity";
import type { ActivityRow } from "./activity-rows";
import { type GlobalPid, globalPidSchema } from "./global-pid";

const ROW_SORTS = ["globalPid", "node", "status", "wait", "age", "user", "application"] as const;
export type RowSort = (typeof ROW_SORTS)[number];

/** What is shown when nothing is chosen: everybody who does something or holds something. */
const USUAL_SHOW: readonly SessionStatus[] = ["active", "waiting", "idle-in-transaction", "unknown"];

/** A list in one parameter: "active,waiting". What is not known is left out. */
function listOf<T extends z.ZodType<unknown, string>>(item: T) {
  return z
    .string()
    .transform((text) => text.split(",").flatMap((part) => item.safeParse(part).data ?? []) as z.output<T>[]);
}

/** Everything that a reader can choose on the screen of activity: kept in the address, so that a link shows the same. */
const activityViewSchema = z.object({
  filter: z.string().catch(""),
  show: listOf(z.enum(SESSION_STATUSES)).catch([...USUAL_SHOW]),
  node: z.coerce.number().int().nullable().catch(null),
  user: z.string().nullable().catch(null),
  /** Seconds; sessions of an unknown age are shown as well. */
  over: z.coerce.number().nonnegative().catch(0),
  workers: z.stringbool().catch(false),
  background: z.stringbool().catch(false),
  sort: z.enum(ROW_SORTS).catch("age"),
  direction: z.enum(["ascending", "descending"]).catch("descending"),
  locks: z.enum(["graph", "table"]).catch("graph"),
  /** The chosen sessions. */
  session: listOf(globalPidSchema).catch([]),
});
export type ActivityView = z.infer<typeof activityViewSchema>;

/** Reads an address. What it does not name, or names wrongly, is as if nothing had been chosen. */
export function readActivityView(params: URLSearchParams): ActivityView {
  const named = Object.fromEntries(params);
  return activityViewSchema.parse({ ...named, node: named.node ?? null });
}

const USUAL = writable(readActivityView(new URLSearchParams()));

/** As parameters of an address; null takes one away, so that what is usual is not spelled out. */
export function writeActivityView(changes: Partial<ActivityView>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(writable(changes)).map(([name, text]) => [name, text === (USUAL[name] ?? "") ? null : text]),
  );
}

function writable(view: Partial<ActivityView>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(view).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.toSorted().join(",") : String(value ?? ""),
    ]),
  );
}

/** The rows of the kinds that are asked for: what the counts of the states are counts of. */
export function population(
  rows: readonly ActivityRow[],
  view: Pick<ActivityView, "workers" | "background">,
): ActivityRow[] {
  return rows.filter(({ session: { kind } }) => {
    if (kind === "client") return true;
    return kind === "worker" ? view.workers : view.background;
  });
}

/** Of those the ones that pass every filter, in the chosen order. */
export function shownRows(rows: readonly ActivityRow[], view: ActivityView): ActivityRow[] {
  const words = view.filter.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = population(rows, view).filter(
    (row) =>
      view.show.includes(row.status) &&
      (view.node === null || row.session.nodeId === view.node) &&
      (view.user === null || row.session.user === view.user) &&
      (row.ageSeconds === null || row.ageSeconds >= view.over) &&
      words.every((word) => textOf(row).includes(word)),
  );
  const sign = view.direction === "ascending" ? 1 : -1;
  return kept.toSorted(
    (a, b) => compare(sortValue(a, view.sort), sortValue(b, view.sort), sign) || a.session.pid - b.session.pid,
  );
}

function textOf({ session, waitWords }: ActivityRow): string {
  const { globalPid, user, application, client, database, query } = session;
  return [globalPid, user, application, client, database, waitWords, query].join(" ").toLowerCase();
}

function sortValue(row: ActivityRow, sort: RowSort): string | number | null {
  const { session } = row;
  if (sort === "age") return row.ageSeconds;
  if (sort === "wait") return row.waitWords;
  if (sort === "node") return session.nodeId;
  if (sort === "status") return SESSION_STATUSES.indexOf(row.status);
  if (sort === "globalPid") return session.globalPid.padStart(19, "0");
  return session[sort];
}

/** What is not known stands last, in either direction. */
function compare(a: string | number | null, b: string | number | null, sign: number): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return typeof a === "number" && typeof b === "number" ? sign * (a - b) : sign * String(a).localeCompare(String(b));
}

/** Chosen, or no longer: the others stay chosen. */
export function toggled(chosen: readonly GlobalPid[], gpid: GlobalPid): GlobalPid[] {
  return chosen.includes(gpid) ? chosen.filter((one) => one !== gpid) : [...chosen, gpid];
}
