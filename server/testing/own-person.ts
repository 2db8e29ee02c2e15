import "server-only";
import { randomUUID } from "node:crypto";
import type { Grant } from "@/lib/domain/person";
import { hashPassword } from "@/server/auth/passwords";
import { PEER_HEADER } from "@/server/http/peer";
import { addPerson, LOCAL, setGrants, setPassword } from "@/server/store/people";
import { state } from "@/server/store/state";

export const PASSWORD = "a long walk by the sea";
let hashed: Promise<string> | undefined;

/** A local person with that password, in the state of the test. */
export async function aPerson(name = `p${randomUUID().slice(0, 8)}`, grants: Grant[] = []): Promise<string> {
  hashed ??= hashPassword(PASSWORD);
  const hash = await hashed;
  const database = await state();
  return database.transaction(async (inside) => {
    const id = await addPerson(inside, { issuer: LOCAL, subject: name, name }, Date.now());
    await setPassword(inside, id, hash);
    await setGrants(inside, id, grants);
    return id;
  });
}

export const EVERYTHING: Grant[] = [{ cluster: "*", role: "admin" }];

/** The headers of a request from that address, with that cookie. */
export function asked(from = "192.0.2.1", cookie?: { name: string; value: string }): Headers {
  return new Headers({
    [PEER_HEADER]: from,
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0",
    ...(cookie && { cookie: `theme=dark; ${cookie.name}=${cookie.value}` }),
  });
}
