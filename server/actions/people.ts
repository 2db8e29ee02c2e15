"use server";
import { z } from "zod";
import { grantsSchema, signInNameSchema } from "@/lib/domain/person";
import * as people from "@/server/auth/people";
import { personAction } from "./wrap-console";

const permission = "people:manage";
const one = z.object({ id: z.string().min(1).max(600) });

/** A new person; answers with the link that they get in by. It is shown once. */
export const invitePerson = personAction({
  permission,
  input: z.object({ name: signInNameSchema, grants: grantsSchema }),
  run: (actor, { name, grants }) => people.invite(actor, name, grants),
});

export const grantRoles = personAction({
  permission,
  input: one.extend({ grants: grantsSchema }),
  run: async (actor, { id, grants }) => {
    await people.grantRoles(actor, id, grants);
    return null;
  },
});

export const disablePerson = personAction({
  permission,
  input: one.extend({ isDisabled: z.boolean() }),
  run: async (actor, { id, isDisabled }) => {
    await people.disable(actor, id, isDisabled);
    return null;
  },
});

export const makePasswordLink = personAction({
  permission,
  input: one,
  run: (actor, { id }) => people.passwordLink(actor, id),
});

export const endSessionsOf = personAction({
  permission,
  input: one,
  run: async (actor, { id }) => ({ ended: await people.endAllSessions(actor, id) }),
});
