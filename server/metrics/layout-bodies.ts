import "server-only";
import { promisify } from "node:util";
import { deflate, inflate } from "node:zlib";
import { z } from "zod";
import { decodeLayout, encodeLayout, type KeptLayout } from "@/lib/domain/kept-layout";
import { type LayoutChange, layoutChangeSchema } from "@/lib/domain/layout-history";
import { type LayoutEvent, layoutEventSchema } from "@/lib/domain/layout-moves";

/** How layouts and changes are written: compressed, as text, because the console's tables hold nothing else. */
const compress = promisify(deflate);
const expand = promisify(inflate);

const changeBodySchema = z.object({ change: layoutChangeSchema, events: z.array(layoutEventSchema) });
export type ChangeBody = { change: LayoutChange; events: LayoutEvent[] };

export async function packLayout(kept: KeptLayout): Promise<string> {
  return (await compress(encodeLayout(kept))).toString("base64");
}

export async function unpackLayout(body: string): Promise<KeptLayout> {
  return decodeLayout(await expand(Buffer.from(body, "base64")));
}

export async function packChange(body: ChangeBody): Promise<string> {
  return (await compress(Buffer.from(JSON.stringify(body)))).toString("base64");
}

export async function unpackChange(body: string): Promise<ChangeBody> {
  return changeBodySchema.parse(JSON.parse((await expand(Buffer.from(body, "base64"))).toString("utf8")));
}
