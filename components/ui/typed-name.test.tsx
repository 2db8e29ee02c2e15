import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { isTyped, TypedName, typingState } from "./typed-name";

function Harness() {
  const [value, setValue] = useState("");
  return <TypedName name="t1" what="the table's name" value={value} onChange={setValue} />;
}

test("the way to the name is told in letters", () => {
  expect(typingState("", "orders-prod")).toBe("11 letters to go");
  expect(typingState("orders-pro", "orders-prod")).toBe("1 letter to go");
  expect(typingState("orders-prod", "orders-prod")).toBe("matches");
});

test("a wrong letter, another case or too many letters do not match", () => {
  for (const typed of ["ordres", "Orders-prod", "orders-prod2"]) {
    expect(typingState(typed, "orders-prod")).toBe("does not match");
    expect(isTyped(typed, "orders-prod")).toBe(false);
  }
});

test("spaces around a pasted name do not count", () => {
  expect(isTyped(" orders-prod\n", "orders-prod")).toBe(true);
});

test("the field names what to type, and says how far it is", async () => {
  const user = userEvent.setup();
  render(<Harness />);
  const field = screen.getByLabelText("Type the table's name, t1, to go on");
  expect(document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent).toBe("2 letters to go");
  await user.type(field, "t1");
  expect(screen.getByText("matches")).toBeDefined();
});
