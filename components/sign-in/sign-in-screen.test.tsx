import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { SignInScreen } from "./sign-in-screen";

const { signIn } = vi.hoisted(() => ({ signIn: vi.fn() }));
vi.mock("@/server/actions/sign-in", () => ({ signIn, askLink: vi.fn(), redeem: vi.fn() }));

beforeEach(() => {
  signIn.mockReset();
});

function show(over: Partial<Parameters<typeof SignInScreen>[0]> = {}) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <SignInScreen next="/" signedInAs={null} provider={null} refused={null} whyOver={null} {...over} />
    </QueryClientProvider>,
  );
}

test("fields that are empty are named, and nothing is sent", async () => {
  show();
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  expect(screen.getByText("The name is missing.")).toBeDefined();
  expect(screen.getByText("The password is missing.")).toBeDefined();
  expect(signIn).not.toHaveBeenCalled();
});

test("a refusal is said with its next step, and what was typed stays", async () => {
  signIn.mockResolvedValue({
    ok: false,
    problem: { code: "too_many_requests", detail: "The next one is looked at in 8 s.", traceId: "t" },
  });
  show();
  await userEvent.type(screen.getByLabelText("Name"), "ada");
  await userEvent.type(screen.getByLabelText("Password"), "wrong{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("The next one is looked at in 8 s.");
  expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("ada");
  expect(signIn).toHaveBeenCalledTimes(1);
});

test("somebody whose session is over reads why", () => {
  show({ whyOver: "Your session is over. An admin changed your roles." });
  expect(screen.getByText("Your session is over. An admin changed your roles.")).toBeDefined();
});
