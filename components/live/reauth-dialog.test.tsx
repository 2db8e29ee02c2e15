import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { type ErrorCode, ProblemError } from "@/lib/errors";
import { withProof } from "@/lib/proof";
import { PersonProvider, type SignedInPerson } from "./person";
import { ReauthDialog } from "./reauth-dialog";

const { reauthenticate } = vi.hoisted(() => ({ reauthenticate: vi.fn() }));
vi.mock("@/server/actions/account", () => ({ reauthenticate }));

const refusal = (code: ErrorCode) => new ProblemError({ code, detail: "refused", traceId: "t" });
const local: SignedInPerson = {
  id: "local:ada",
  name: "ada",
  managesPeople: true,
  proof: { password: true, provider: null },
};

/** A deed that is let through from the second time on. */
function aDeed() {
  return vi.fn<() => Promise<string>>().mockRejectedValueOnce(refusal("reauth_required")).mockResolvedValue("done");
}

function show(person: SignedInPerson = local) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <PersonProvider person={person}>
        <ReauthDialog />
      </PersonProvider>
    </QueryClientProvider>,
  );
}

beforeEach(() => {
  reauthenticate.mockReset().mockResolvedValue({ ok: true, data: null });
});

test("a deed that wants a fresh proof asks for the password and is then sent once more", async () => {
  show();
  const deed = aDeed();
  const result = withProof(deed);
  await userEvent.type(await screen.findByLabelText("Password"), "secret{Enter}");
  expect(await result).toBe("done");
  expect(reauthenticate).toHaveBeenCalledWith({ password: "secret" });
  expect(deed).toHaveBeenCalledTimes(2);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a wrong password is said in the dialog, and the deed waits", async () => {
  show();
  reauthenticate.mockResolvedValueOnce({
    ok: false,
    problem: { code: "sign_in_refused", detail: "Name and password do not belong together.", traceId: "t" },
  });
  const deed = aDeed();
  const result = withProof(deed);
  await userEvent.type(await screen.findByLabelText("Password"), "wrong{Enter}");
  expect(await screen.findByText("Name and password do not belong together.")).toBeDefined();
  expect(deed).toHaveBeenCalledTimes(1);
  await userEvent.type(screen.getByLabelText("Password"), "right{Enter}");
  expect(await result).toBe("done");
});

test("whoever would rather not gets the refusal, and nothing is sent again", async () => {
  show();
  const deed = aDeed();
  const result = withProof(deed).catch((cause: ProblemError) => cause.problem.code);
  await userEvent.click(await screen.findByRole("button", { name: "Cancel" }));
  expect(await result).toBe("reauth_required");
  expect(deed).toHaveBeenCalledTimes(1);
});

test("somebody of a provider is sent there in a new tab, and then goes on", async () => {
  show({ ...local, proof: { password: false, provider: "Example ID" } });
  const result = withProof(aDeed());
  const link = await screen.findByRole("link", { name: "Prove it with Example ID" });
  expect(link.getAttribute("target")).toBe("_blank");
  expect(link.getAttribute("href")).toContain("proof=1");
  await userEvent.click(screen.getByRole("button", { name: "I have done it: go on" }));
  expect(await result).toBe("done");
});

test("any other failure is passed on without a question", async () => {
  show();
  const deed = vi.fn(() => Promise.reject(refusal("conflict")));
  await expect(withProof(deed)).rejects.toMatchObject({ problem: { code: "conflict" } });
  expect(screen.queryByRole("dialog")).toBeNull();
});
