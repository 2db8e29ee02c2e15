import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ProblemError } from "@/lib/errors";
import { QueryState } from "./query-state";

const base = { isPending: false, data: undefined, error: null, dataUpdatedAt: 0 };
const failure = new ProblemError({ code: "cluster_unreachable", detail: "connect ECONNREFUSED", traceId: "t" });

function draw(
  query: Partial<typeof base> | { data?: string; error?: Error; isPending?: boolean; dataUpdatedAt?: number },
) {
  render(
    <QueryState query={{ ...base, ...query }} skeleton={<p>loading</p>}>
      {(value: string) => <p>{value}</p>}
    </QueryState>,
  );
}

test("the first load shows the skeleton", () => {
  draw({ isPending: true });
  expect(screen.getByText("loading")).toBeDefined();
});

test("a first failure shows the problem and no data", () => {
  draw({ error: failure });
  expect(screen.getByRole("alert").textContent).toContain("connect ECONNREFUSED");
});

test("a later failure takes nothing away: the data stays, and a quiet banner says it is old", () => {
  draw({ data: "five nodes", error: failure, dataUpdatedAt: 1_763_598_831_000 });
  expect(screen.getByText("five nodes")).toBeDefined();
  expect(screen.getByRole("status").textContent).toContain("What is shown was true at");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a request that got no answer is the network's, and is not called an error of the console", () => {
  draw({ error: new TypeError("Failed to fetch") });
  expect(screen.getByRole("alert").textContent).toContain("The console's own server does not answer");
  expect(screen.getByRole("alert").textContent).not.toContain("went wrong");
});
