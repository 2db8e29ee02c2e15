"use server";
import { cookies } from "next/headers";
import { z } from "zod";
import { LONGEST_PASSWORD } from "@/lib/domain/password";
import * as account from "@/server/auth/account";
import { proveByPassword } from "@/server/auth/sign-in";
import { personAction } from "./wrap-console";

const typedSchema = z.string().max(4 * LONGEST_PASSWORD);
const nothing = z.object({});

/** Answers whether this browser is signed in: one refusal may have crossed a renewal of the cookie on its way. */
export const askSignedIn = personAction({ input: nothing, run: async ({ id }) => ({ id }) });

export const signOut = personAction({
  input: nothing,
  run: async (actor) => {
    (await cookies()).set(await account.signOut(actor));
    return null;
  },
});

/** The password once more, before something highly sensitive. The session goes on under a new cookie. */
export const reauthenticate = personAction({
  input: z.object({ password: typedSchema }),
  run: async (actor, { password }, asked) => {
    const cookie = await proveByPassword(actor, password, asked);
    (await cookies()).set(cookie);
    return null;
  },
});

export const changePassword = personAction({
  input: z.object({ current: typedSchema, next: typedSchema }),
  run: async (actor, passwords, asked) => {
    const cookie = await account.changeOwnPassword(actor, passwords, asked);
    (await cookies()).set(cookie);
    return null;
  },
});

export const endOwnSession = personAction({
  input: z.object({ id: z.uuid() }),
  run: async (actor, { id }) => {
    await account.endOwnSession(actor, id);
    return null;
  },
});

export const endOtherSessions = personAction({
  input: nothing,
  run: async (actor) => ({ ended: await account.endOtherSessions(actor) }),
});
