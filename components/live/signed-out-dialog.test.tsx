import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { type ErrorCode, ProblemError } from "@/lib/errors";
import { noticeSignedOut, signedInAgain } from "@/lib/signed-out";
import { PersonProvider } from "./person";
import { SignedOutDialog } from "./signed-out-dialog";

const mocks = vi.hoisted(() => ({ askSignedIn: vi.fn(), signIn: vi.fn(), refresh: vi.fn() }));
vi.mock("@/server/actions/account", () => ({ askSignedIn: mocks.askSignedIn }));
vi.mock("@/server/actions/sign-in", () => ({ signIn: mocks.signIn, askLink: vi.fn(), redeem: vi.fn() }));
vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: mocks.refresh }) }));

afterEach(() => {
  signedInAgain();
  vi.clearAllMocks();
});

const problem = (code: ErrorCode) => ({ code, detail: "Your session is over. You signed out.", traceId: "t" });

function show(hasPassword = true) {
  const person = {
    id: "local:ada",
    name: "ada",
    managesPeople: false,
    proof: { password: hasPassword, provider: null },
  };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <PersonProvider person={person}>
        <input aria-label="a draft" defaultValue="half a sentence" />
        <SignedOutDialog />
      </PersonProvider>
    </QueryClientProvider>,
  );
}
const fail = (code: ErrorCode) => act(async () => noticeSignedOut(new ProblemError(problem(code))));

test("a session that is over is said over the page, and signing in there keeps what was typed", async () => {
  mocks.askSignedIn.mockResolvedValue({ ok: false, problem: problem("not_signed_in") });
  mocks.signIn.mockResolvedValue({ ok: true, data: null });
  show();
  await fail("not_signed_in");
  expect((await screen.findByRole("dialog", { name: "You are signed out" })).textContent).toContain("You signed out.");
  await userEvent.type(screen.getByLabelText("Password of ada"), "secret{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(mocks.signIn).toHaveBeenCalledWith({ name: "ada", password: "secret" });
  expect(mocks.refresh).toHaveBeenCalled();
  expect(screen.getByLabelText<HTMLInputElement>("a draft").value).toBe("half a sentence");
});

test("one refusal that crossed a renewal of the cookie opens nothing", async () => {
  mocks.askSignedIn.mockResolvedValue({ ok: true, data: { id: "local:ada" } });
  show();
  await fail("not_signed_in");
  await waitFor(() => expect(mocks.askSignedIn).toHaveBeenCalled());
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("other failures are not about the session", async () => {
  show();
  await fail("cluster_unreachable");
  expect(mocks.askSignedIn).not.toHaveBeenCalled();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("somebody without a password here is shown the way through a new tab", async () => {
  mocks.askSignedIn.mockResolvedValue({ ok: false, problem: problem("not_signed_in") });
  show(false);
  await fail("not_signed_in");
  await screen.findByRole("dialog");
  expect(screen.queryByLabelText(/Password/)).toBeNull();
  expect(screen.getByRole("link", { name: /new tab/ }).getAttribute("target")).toBe("_blank");
});
