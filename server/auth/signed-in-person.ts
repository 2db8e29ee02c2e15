import "server-only";
import { hasPassword } from "./account";
import { type Actor, mayConsole } from "./actor";
import { oidcSettings } from "./provider-settings";

/** What the frame shows of the person at the browser, and by what they can prove once more who they are. */
export async function signedInPerson(actor: Actor) {
  const provider = actor.signedInBy === "oidc" ? (oidcSettings()?.name ?? null) : null;
  return {
    id: actor.id,
    name: actor.name,
    managesPeople: mayConsole(actor, "people:manage").allowed,
    proof: { password: await hasPassword(actor), provider },
  };
}
