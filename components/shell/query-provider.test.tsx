import { onlineManager, useMutation, useQuery } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { QueryProvider } from "./query-provider";

afterEach(() => onlineManager.setOnline(true));

const refuse = () => Promise.reject(new Error("nobody there"));

function Asker() {
  const asked = useQuery({ queryKey: ["asked"], queryFn: refuse });
  const told = useMutation({ mutationFn: refuse });
  return (
    <>
      <p>{asked.error ? "asked, and failed" : "not asked"}</p>
      <button type="button" onClick={() => told.mutate()}>
        {told.error ? "told, and failed" : "tell"}
      </button>
    </>
  );
}

test("a browser that takes itself for offline still asks, so that silence is an error and not a pause", async () => {
  onlineManager.setOnline(false);
  render(
    <QueryProvider>
      <Asker />
    </QueryProvider>,
  );
  expect(await screen.findByText("asked, and failed")).toBeDefined();
  await userEvent.click(screen.getByRole("button"));
  expect(await screen.findByText("told, and failed")).toBeDefined();
});
