"use server";
import { cookies } from "next/headers";
import { z } from "zod";
import { LONGEST_PASSWORD } from "@/lib/domain/password";
import { linkTokenSchema } from "@/lib/domain/person";
import { lookAtLink } from "@/server/auth/links";
import { redeemLink } from "@/server/auth/redeem-link";
import { signInByPassword } from "@/server/auth/sign-in";
import { openAction } from "./wrap-console";

const typedSchema = z.string().max(4 * LONGEST_PASSWORD);

/** Signs in by name and password; the answer sets the cookie. */
export const signIn = openAction({
  input: z.object({ name: typedSchema, password: typedSchema }),
  run: async (typed, asked) => {
    const cookie = await signInByPassword(typed, asked);
    (await cookies()).set(cookie);
    return null;
  },
});

/** What a link is for. Uses nothing up: previews of links in mail and chat must not. */
export const askLink = openAction({
  input: z.object({ token: linkTokenSchema }),
  run: ({ token }, asked) => lookAtLink(token, asked),
});

/** Uses a link up and signs its holder in; the answer sets the cookie. */
export const redeem = openAction({
  input: z.object({ token: linkTokenSchema, name: typedSchema.optional(), password: typedSchema.optional() }),
  run: async (use, asked) => {
    const cookie = await redeemLink(use, asked);
    (await cookies()).set(cookie);
    return null;
  },
});
