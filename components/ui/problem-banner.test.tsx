import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ERROR_CODES, ERROR_SENTENCES, type Problem } from "@/lib/errors";
import { ProblemBanner } from "./problem-banner";

const problem: Problem = {
  code: "pg_refused",
  detail: "cannot remove the node",
  sqlState: "55000",
  serverHint: "To proceed, drain it first.",
  traceId: "t-42",
};

test("it says what, what that means here, and what to do next, in this order", () => {
  render(<ProblemBanner problem={problem} consequence="The node stays in the cluster." />);
  const lines = [...screen.getByRole("alert").querySelectorAll("p")].map((line) => line.textContent);
  expect(lines).toEqual([
    ERROR_SENTENCES.pg_refused.title,
    "cannot remove the node",
    "The node stays in the cluster.",
    ERROR_SENTENCES.pg_refused.nextStep,
  ]);
});

test("the server's own words are there, but folded", () => {
  render(<ProblemBanner problem={problem} />);
  const details = screen.getByRole("alert").querySelector("details");
  expect(details?.open).toBe(false);
  expect(details?.textContent).toContain("SQLSTATE55000");
  expect(details?.textContent).toContain("HINTTo proceed, drain it first.");
  expect(details?.textContent).not.toContain("DETAIL");
});

test("a failed refresh that took nothing away is announced politely", () => {
  render(<ProblemBanner problem={problem} tone="warn" />);
  expect(screen.queryByRole("alert")).toBeNull();
  expect(screen.getByRole("status")).toBeDefined();
});

test.each(ERROR_CODES)("%s can be drawn with a title and a next step", (code) => {
  render(<ProblemBanner problem={{ code, detail: "x", traceId: "t" }} />);
  expect(screen.getByText(ERROR_SENTENCES[code].title)).toBeDefined();
  expect(screen.getByText(ERROR_SENTENCES[code].nextStep)).toBeDefined();
});
