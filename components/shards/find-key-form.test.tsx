import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { clusterPicture } from "@/lib/domain/cluster-picture";
import type { Problem } from "@/lib/errors";
import { aPicture, aTable, aTopology, aWorker } from "@/lib/testing/layout";
import { FindKeyForm } from "./find-key-form";

const quiet = { table: null, value: null, isPending: false, answer: null, problem: null };
const refusal = (detail: string): Problem => ({ code: "bad_input", detail, traceId: "t" });

test("table and value are asked for with Enter; tables without a hash column are not offered", async () => {
  const onFind = vi.fn();
  render(<FindKeyForm {...quiet} picture={aPicture()} onFind={onFind} onClear={() => {}} />);
  const tables = screen.getByRole("combobox", { name: "Table and distribution column" });
  expect([...tables.children].map((option) => option.textContent)).toEqual([
    "customers.customer_id",
    "orders.customer_id",
    "events.device_id",
  ]);
  await userEvent.selectOptions(tables, "events.device_id");
  await userEvent.type(screen.getByRole("textbox", { name: "Value of the distribution column" }), "7{Enter}");
  expect(onFind).toHaveBeenCalledExactlyOnceWith({ oid: 3, name: "events" }, "7");
});

test("a value that was typed is sent as it is: a text key may be empty or end in a space", async () => {
  const onFind = vi.fn();
  render(<FindKeyForm {...quiet} picture={aPicture()} onFind={onFind} onClear={() => {}} />);
  await userEvent.click(screen.getByRole("button", { name: "Find" }));
  await userEvent.type(screen.getByRole("textbox"), " x {Enter}");
  expect(onFind.mock.calls.map(([, value]) => value)).toEqual(["", " x "]);
});

test("a refused value gets its sentence, and typing on takes it away", async () => {
  const onClear = vi.fn();
  const problem = refusal('"abc" is not a value of customer_id, which is bigint.');
  render(
    <FindKeyForm {...quiet} value="abc" problem={problem} picture={aPicture()} onFind={() => {}} onClear={onClear} />,
  );
  expect(screen.getByText('"abc" is not a value of customer_id, which is bigint.')).toBeDefined();
  await userEvent.type(screen.getByRole("textbox"), "d");
  expect(onClear).toHaveBeenCalled();
});

test("a failure of another kind says which", () => {
  const problem: Problem = { code: "cluster_unreachable", detail: "connect ECONNREFUSED", traceId: "t" };
  render(<FindKeyForm {...quiet} problem={problem} picture={aPicture()} onFind={() => {}} onClear={() => {}} />);
  expect(screen.getByText("The coordinator does not answer. connect ECONNREFUSED")).toBeDefined();
});

test("without a hash-distributed table the button says why it is off", async () => {
  const reference = aTable(1, "countries", { kind: "reference" });
  const picture = clusterPicture([aWorker(1)], aTopology([reference], []), null);
  const onFind = vi.fn();
  render(<FindKeyForm {...quiet} picture={picture} onFind={onFind} onClear={() => {}} />);
  const button = screen.getByRole("button", { name: "Find" });
  expect(button.getAttribute("aria-disabled")).toBe("true");
  expect(screen.getByText("No table is distributed by hash, so no value leads to a shard.")).toBeDefined();
  await userEvent.click(button);
  expect(onFind).not.toHaveBeenCalled();
});
