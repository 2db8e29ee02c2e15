import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { Bytes } from "./quantity";
import { Unknown } from "./unknown";

test("an unknown value is a dash for the eye and a reason for the ear", () => {
  const { container } = render(<Unknown because="no standby is registered" />);
  const [dash, spoken] = container.querySelectorAll("span > span");
  expect(dash?.textContent).toBe("—");
  expect(dash?.getAttribute("aria-hidden")).toBe("true");
  expect(spoken?.textContent).toBe("unknown: no standby is registered");
});

test("unknown and zero never look alike", () => {
  const unknown = render(<Bytes value={null} unknown="the worker did not answer" />).container.textContent;
  const zero = render(<Bytes value={0} unknown="the worker did not answer" />).container.textContent;
  expect(unknown).toContain("—");
  expect(unknown).not.toContain("0");
  expect(zero).toBe("0 B");
});
