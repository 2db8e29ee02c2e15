import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { aPicture } from "@/lib/testing/layout";
import { EstimateNote } from "./estimate-note";

const picture = aPicture();
const { bytes } = picture.placements;

test("bytes that are not measured yet are said to be estimates, with their number", () => {
  const isExact = Uint8Array.from(bytes, (_, place) => Number(place > 1));
  render(<EstimateNote picture={{ placements: { bytes, isExact } }} />);
  expect(screen.getByRole("status").textContent).toContain("2 sizes are estimates");
});

test("where all is measured nothing is said", () => {
  render(<EstimateNote picture={picture} />);
  expect(screen.queryByRole("status")).toBeNull();
});
