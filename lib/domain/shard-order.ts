import { type ClusterPicture, tableName } from "./cluster-picture";
import type { MapColumn } from "./map-columns";
import { at } from "./shard-columns";
import type { ShardView } from "./shard-view";
import { bytesOfShardAt } from "./table-bytes";

type Kind = ShardView["rows"];
type Choice = Pick<ShardView, "filter" | "node" | "column" | "rows" | "sort" | "direction">;

/** Positions of the groups, or of the shards, that the filter lets through, in the order of the view. */
export function shardOrder(
  picture: ClusterPicture,
  columns: readonly MapColumn[],
  view: Choice,
): Uint32Array<ArrayBuffer> {
  const chosen = chosenGroups(picture, columns, view);
  const texts = textsOf(picture);
  const words = view.filter.toLowerCase().split(/\s+/).filter(Boolean);
  const { groupOf } = picture.groupColumns;
  const count = view.rows === "groups" ? picture.groupColumns.count : groupOf.length;
  const positions: number[] = [];
  for (let position = 0; position < count; position += 1) {
    if (chosen[view.rows === "groups" ? position : at(groupOf, position)] !== 1) continue;
    if (words.length > 0 && !matches(texts(view.rows, position), words)) continue;
    positions.push(position);
  }
  const keys = keysOf(picture, columns, view);
  const sign = view.direction === "ascending" ? 1 : -1;
  const ids = idsOf(picture, view.rows);
  return Uint32Array.from(
    positions.sort((a, b) => compared(at(keys, a), at(keys, b), sign) || at(ids, a) - at(ids, b)),
  );
}

/** Unknown values (NaN) stand last whichever way the column is sorted; equal rows by id, so that the order never flickers. */
function compared(x: number, y: number, sign: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
  return sign * (x - y);
}

/** 1 for each group that stands in the chosen column and on the chosen node. */
function chosenGroups(picture: ClusterPicture, columns: readonly MapColumn[], { node, column }: Choice): Uint8Array {
  const chosen = new Uint8Array(picture.groupColumns.count).fill(Number(column === null));
  for (const group of columns.find(({ key }) => key === column)?.positions ?? []) chosen[group] = 1;
  if (node === null) return chosen;
  return chosen.map((isChosen, group) => Number(isChosen === 1 && picture.groupAt(group).isOn(node)));
}

function idsOf({ topology: { shards }, groupColumns }: ClusterPicture, kind: Kind): Float64Array {
  if (kind === "shards") return shards.ids;
  const { members, memberStarts, count } = groupColumns;
  return Float64Array.from({ length: count }, (_, group) => at(shards.ids, at(members, at(memberStarts, group))));
}

/** A number for each row by which the view sorts; texts become their rank. */
function keysOf(picture: ClusterPicture, columns: readonly MapColumn[], { rows, sort }: Choice): Float64Array {
  const { topology, groupColumns } = picture;
  const { groupOf, members, memberStarts } = groupColumns;
  const ids = idsOf(picture, rows);
  const groupAt = (position: number) => (rows === "groups" ? position : at(groupOf, position));
  const each = (value: (position: number) => number) => Float64Array.from(ids, (_, position) => value(position));
  if (sort === "bytes" && rows === "groups") return groupColumns.bytes;
  if (sort === "bytes") return each((position) => bytesOfShardAt(picture, position));
  if (sort === "median" && rows === "groups") return timesOf(picture, columns);
  if (sort === "median") return each(() => Number.NaN);
  if (sort === "node") return rankOf(ids.length, (position) => nodesOf(picture, groupAt(position)));
  if (sort === "table") return rankOf(ids.length, (position) => tablesOf(picture, rows, position));
  if (sort !== "range") return ids;
  return each((position) => {
    const first = at(members, at(memberStarts, groupAt(position)));
    return topology.shards.hasRange[first] === 1 ? at(topology.shards.mins, first) : Number.NaN;
  });
}

function timesOf(picture: ClusterPicture, columns: readonly MapColumn[]): Float64Array {
  const { bytes } = picture.groupColumns;
  const times = new Float64Array(bytes.length).fill(Number.NaN);
  for (const { positions, medianBytes } of columns)
    for (const group of positions) times[group] = at(bytes, group) / (medianBytes || Number.NaN);
  return times;
}

/** Each row's place among the different texts: they are compared once each, not once a row. */
function rankOf(count: number, textOf: (position: number) => string): Float64Array {
  const texts = Array.from({ length: count }, (_, position) => textOf(position));
  const { compare } = new Intl.Collator();
  const ranks = new Map([...new Set(texts)].sort(compare).map((text, rank) => [text, rank]));
  return Float64Array.from(texts, (text) => ranks.get(text) ?? 0);
}

function tablesOf(picture: ClusterPicture, kind: Kind, position: number): string {
  const { shards } = picture.topology;
  if (kind === "shards") return tableName(picture, at(shards.tableOids, position));
  const { members, memberStarts } = picture.groupColumns;
  const names: string[] = [];
  for (let member = at(memberStarts, position); member < at(memberStarts, position + 1); member += 1)
    names.push(tableName(picture, at(shards.tableOids, at(members, member))));
  return names.join(", ");
}

function nodesOf(picture: ClusterPicture, group: number): string {
  const { placeGroupIds, placeStarts } = picture.groupColumns;
  const names = namesOf(picture);
  const held: string[] = [];
  for (let place = at(placeStarts, group); place < at(placeStarts, group + 1); place += 1) {
    const name = names.get(at(placeGroupIds, place));
    if (name !== undefined) held.push(name);
  }
  return held.join(", ");
}

const nodeNames = new WeakMap<ClusterPicture, ReadonlyMap<number, string>>();

function namesOf(picture: ClusterPicture): ReadonlyMap<number, string> {
  const names =
    nodeNames.get(picture) ??
    new Map(picture.primaries.map(({ groupId, id }) => [groupId, picture.names.get(id) ?? ""]));
  nodeNames.set(picture, names);
  return names;
}

type Texts = (kind: Kind, position: number) => string;
const known = new WeakMap<ClusterPicture, Texts>();

/** What a filter looks in, of each row. Made when first looked at and kept while the picture is: the next key looks in the same. */
function textsOf(picture: ClusterPicture): Texts {
  const made: Record<Kind, (string | undefined)[]> = { groups: [], shards: [] };
  const texts: Texts =
    known.get(picture) ??
    ((kind, position) => {
      made[kind][position] ??= textOf(picture, kind, position);
      return made[kind][position] ?? "";
    });
  known.set(picture, texts);
  return texts;
}

function textOf(picture: ClusterPicture, kind: Kind, position: number): string {
  const group = kind === "groups" ? position : at(picture.groupColumns.groupOf, position);
  const { topology, groups, tables } = picture;
  const oid = at(topology.shards.tableOids, position);
  const id = at(topology.shards.ids, position);
  const own = kind === "groups" ? "" : `${id} ${tables.get(oid)?.name ?? `table ${oid}`}_${id}`;
  const { id: groupId, kind: kindOfTable } = groups[group] ?? { id: 0, kind: "" };
  const words = `${own} ${groupId} ${tablesOf(picture, kind, position)} ${nodesOf(picture, group)} ${kindOfTable}`;
  return words.toLowerCase();
}

function matches(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}
