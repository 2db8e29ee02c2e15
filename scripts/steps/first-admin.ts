import { send } from "../../e2e/raw-request.ts";
import { actionId } from "./action-id.ts";
import type { RunningConsole } from "./console.ts";

/** Becomes the first admin of a console that has nobody yet, as the link's page does it; returns the cookie of the session. */
export async function becomeFirstAdmin({ url, firstAdminLink }: Pick<RunningConsole, "url" | "firstAdminLink">) {
  const token = new URL(await firstAdminLink).hash.slice(1);
  const headers = {
    "next-action": actionId("sign-in", "redeem"),
    "content-type": "text/plain;charset=UTF-8",
    origin: url,
    "sec-fetch-site": "same-origin",
  };
  const body = JSON.stringify([{ token, name: "ada", password: "a long walk by the sea" }]);
  const answer = await send(url, { path: "/link", method: "POST", headers, body });
  const cookie = [answer.headers["set-cookie"] ?? []]
    .flat()
    .map((one) => one.split(";", 1)[0])
    .join("; ");
  if (cookie === "") throw new Error(`Nobody was signed in: ${answer.status} ${answer.text.slice(0, 300)}`);
  return cookie;
}
