import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { mapColumns } from "@/lib/domain/map-columns";
import { readShardView } from "@/lib/domain/shard-view";
import { aPicture } from "@/lib/testing/layout";
import { TablePanel } from "./table-panel";

test("until it is found out which rows a filter lets through, none of them is counted as none", () => {
  const picture = aPicture();
  const view = readShardView(new URLSearchParams());
  render(
    <TablePanel
      picture={picture}
      columns={mapColumns(picture)}
      rows={undefined}
      heat={null}
      view={view}
      settled={view}
      exact={undefined}
      onOpen={() => {}}
      onChange={() => {}}
    />,
  );
  expect(screen.getByRole("status").textContent).toBe("13 shard groups");
});
