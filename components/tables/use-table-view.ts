"use client";
import { useUrlParams } from "@/components/ui/use-url-params";
import { TABLE_FILTERS, TABLE_SORTS, type TableView } from "@/lib/domain/table-view";

const DEFAULTS: TableView = { text: "", filter: "all", sort: "name", direction: "ascending", selected: null };

/** What is looked at, kept in the address: a link shows the same tables. Defaults are left out of it. */
export function useTableView(): [TableView, (changes: Partial<TableView>) => void] {
  const [params, change] = useUrlParams();
  const view: TableView = {
    text: params.get("q") ?? DEFAULTS.text,
    filter: oneOf(TABLE_FILTERS, params.get("kind"), DEFAULTS.filter),
    sort: oneOf(TABLE_SORTS, params.get("sort"), DEFAULTS.sort),
    direction: params.get("dir") === "desc" ? "descending" : "ascending",
    selected: params.get("table"),
  };
  return [view, (changes) => change(paramsOf({ ...view, ...changes }))];
}

function oneOf<Value extends string>(values: readonly Value[], text: string | null, otherwise: Value): Value {
  return values.find((value) => value === text) ?? otherwise;
}

function paramsOf(view: TableView): Record<string, string | null> {
  return {
    q: view.text === "" ? null : view.text,
    kind: view.filter === DEFAULTS.filter ? null : view.filter,
    sort: view.sort === DEFAULTS.sort ? null : view.sort,
    dir: view.direction === "descending" ? "desc" : null,
    table: view.selected,
  };
}
