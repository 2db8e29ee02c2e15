import { z } from "zod";

/** The id of one confirmed deed, made by the browser and kept over every repetition: what was done under it is not done again. */
export const actionIdSchema = z.uuidv7();

/** A UUID of version 7. Not from crypto.randomUUID, which browsers keep from pages over plain http. */
export function newActionId(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let place = 0; place < 6; place += 1) bytes[place] = Math.floor(now / 256 ** (5 - place)) % 256;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
