import type { ClusterId } from "@/lib/domain/cluster";
import { type ClusterPicture, clusterPicture, type PictureColumns } from "@/lib/domain/cluster-picture";
import { type ColumnData, type ColumnTopic, decodeColumns } from "@/lib/domain/layout-codec";
import type { Content } from "@/lib/domain/live";
import { type MapColumn, mapColumns } from "@/lib/domain/map-columns";
import type { ClusterNode } from "@/lib/domain/node";
import type { PlannerRules } from "@/lib/domain/planner-rules";
import { rebalanceWould, type WouldMove } from "@/lib/domain/rebalance-would";
import { shardOrder } from "@/lib/domain/shard-order";
import type { ShardView } from "@/lib/domain/shard-view";
import { type Scenario, type WhatIf, whatIf } from "@/lib/domain/what-if";
import type { Problem } from "@/lib/errors";
import { ProblemError } from "@/lib/errors";
import { readBytes, visibleJson } from "@/lib/http-read";
import { apiRoutes } from "@/lib/routes";

/** Ages and the clock of an answer, as its headers tell them. */
type Told = { date: string | null; ageMs: string | null; failingForMs: string | null; tookMs: string | null };
/** `version`: what the asker has; the content comes only where it is another. */
export type ReadAsk<T extends ColumnTopic> = { clusterId: ClusterId; topic: T; version: string | null };
export type ReadAnswer<T extends ColumnTopic> = Told & { content: Content<ColumnData[T]> | null };
/** The picture of exactly these versions; `sizes` null: drawn before any size was read. */
export type PictureAsk = {
  clusterId: ClusterId;
  nodes: readonly ClusterNode[];
  topology: string;
  sizes: string | null;
};
/** What differs from version `since`, as it came along with the news: the columns in Base64. */
export type TakeAsk<T extends ColumnTopic> = { clusterId: ClusterId; topic: T; since: string; columns: string };
export type TakeAnswer<T extends ColumnTopic> = { content: Content<ColumnData[T]> | null };
export type PictureAnswer = PictureColumns & { pictureId: number; columns: readonly MapColumn[] };
/** What each of these strategies would do in the scenario. */
export type WhatIfAsk = { clusterId: ClusterId; pictureId: number; rules: readonly PlannerRules[] } & {
  tableOids: readonly number[];
  scenario: Scenario;
  /** null: each strategy's own. */
  threshold: number | null;
};
export type WouldAsk = { clusterId: ClusterId; pictureId: number };
export type OrderAsk = { clusterId: ClusterId; pictureId: number; view: ShardView };

/** Everything about the layout that takes time: reading, decoding, putting together, filtering and sorting. */
export type LayoutEngine = {
  /** @throws ProblemError with what the server says is wrong */
  read: <T extends ColumnTopic>(ask: ReadAsk<T>) => Promise<ReadAnswer<T>>;
  /** Lays over what it has what came along with news. Content null: it does not have what that rests on, and has to be asked for the rest. */
  take: <T extends ColumnTopic>(ask: TakeAsk<T>) => Promise<TakeAnswer<T>>;
  /** null: one of the versions is not here any more; newer ones are on their way to who asks. */
  picture: (ask: PictureAsk) => Promise<PictureAnswer | null>;
  /** Positions of the groups or shards, as the view wants them. null: the picture is not here any more. */
  order: (ask: OrderAsk) => Promise<Uint32Array<ArrayBuffer> | null>;
  /** One answer for each of the rules. null: the picture is not here any more. */
  whatIf: (ask: WhatIfAsk) => Promise<(WhatIf | null)[] | null>;
  /** What a rebalance by size would move. null: a size is not known; undefined: the picture is not here any more. */
  would: (ask: WouldAsk) => Promise<WouldMove | null | undefined>;
};

type Get = (address: string, how: RequestInit) => Promise<Response>;
/** The newest first. */
type Known = { [T in ColumnTopic]?: readonly Content<ColumnData[T]>[] };
type Made = { pictureId: number; picture: ClusterPicture };
/** Who asks may be a few steps behind: while shards move, news comes while the page draws what was before. */
const KEPT = 4;

/** Runs in the page's worker; in the page itself where there are no workers. */
export function createLayoutEngine(get: Get = (address, how) => fetch(address, how)): LayoutEngine {
  const clusters = new Map<ClusterId, Known>();
  const pictures = new Map<ClusterId, readonly Made[]>();
  let made = 0;
  const knownOf = (clusterId: ClusterId): Known => {
    const known = clusters.get(clusterId) ?? {};
    clusters.set(clusterId, known);
    return known;
  };
  const keptOf = <T extends ColumnTopic>(clusterId: ClusterId, topic: T) =>
    (knownOf(clusterId)[topic] ?? []) as readonly Content<ColumnData[T]>[];
  const keep = <T extends ColumnTopic>(clusterId: ClusterId, topic: T, content: Content<ColumnData[T]>) => {
    const others = keptOf(clusterId, topic).filter(({ version }) => version !== content.version);
    knownOf(clusterId)[topic] = [content, ...others].slice(0, KEPT) as Known[T];
  };
  const pictureOf = ({ clusterId, pictureId }: { clusterId: ClusterId; pictureId: number }) =>
    pictures.get(clusterId)?.find((one) => one.pictureId === pictureId)?.picture;
  return {
    async read<T extends ColumnTopic>({ clusterId, topic, version }: ReadAsk<T>) {
      const before = keptOf(clusterId, topic)[0] ?? null;
      const address = before ? apiRoutes.liveSince(clusterId, topic, before.version) : apiRoutes.live(clusterId, topic);
      const headers: HeadersInit = before ? { "if-none-match": `"${before.version}"` } : {};
      const response = await get(address, { headers, cache: "no-store" });
      const content = response.status === 304 && before ? before : await contentOf(response, topic, before);
      if (content !== before) keep(clusterId, topic, content);
      return { ...toldBy(response), content: content.version === version ? null : content };
    },
    async take<T extends ColumnTopic>({ clusterId, topic, since, columns }: TakeAsk<T>) {
      const base = keptOf(clusterId, topic).find(({ version }) => version === since);
      if (!base) return { content: null };
      const bytes = Uint8Array.from(atob(columns), (letter) => letter.charCodeAt(0));
      const content = decodeColumns(topic, bytes, base, visibleJson);
      keep(clusterId, topic, content);
      return { content };
    },
    async picture({ clusterId, nodes, topology, sizes }) {
      const known = knownOf(clusterId);
      const layout = known.topology?.find(({ version }) => version === topology)?.data;
      const measured = known.sizes?.find(({ version }) => version === sizes);
      if (!layout || (sizes !== null && !measured)) return null;
      const picture = clusterPicture(nodes, layout, measured?.data ?? null);
      made += 1;
      const before = pictures.get(clusterId) ?? [];
      pictures.set(clusterId, [{ pictureId: made, picture }, ...before].slice(0, KEPT));
      const { placements, groupColumns } = picture;
      return { pictureId: made, placements, groupColumns, columns: mapColumns(picture) };
    },
    async order({ view, ...which }) {
      const picture = pictureOf(which);
      return picture ? shardOrder(picture, mapColumns(picture), view) : null;
    },
    async whatIf({ rules, tableOids, scenario, threshold, ...which }) {
      const picture = pictureOf(which);
      return picture ? rules.map((one) => whatIf(picture, one, tableOids, scenario, threshold)) : null;
    },
    async would(which) {
      const picture = pictureOf(which);
      return picture && rebalanceWould(picture);
    },
  };
}

async function contentOf<T extends ColumnTopic>(
  response: Response,
  topic: T,
  before: Content<ColumnData[T]> | null,
): Promise<Content<ColumnData[T]>> {
  return decodeColumns(topic, await readBytes(response), before, visibleJson);
}

function toldBy({ headers }: Response): Told {
  return {
    date: headers.get("date"),
    ageMs: headers.get("x-age-ms"),
    failingForMs: headers.get("x-failing-for-ms"),
    tookMs: headers.get("x-took-ms"),
  };
}

/** What went wrong in a worker, as it can be told to its page. */
export type ToldFailure = { problem: Problem } | { message: string };

export function failureToTell(cause: unknown): ToldFailure {
  if (cause instanceof ProblemError) return { problem: cause.problem };
  return { message: cause instanceof Error ? cause.message : String(cause) };
}
