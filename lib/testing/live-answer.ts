import type { Snapshot } from "@/lib/domain/live";

/** What the console answers to who asks for a topic: the content as JSON, the ages as headers. */
export function liveAnswer({ ageMs, tookMs, failingForMs, ...content }: Snapshot<unknown>): Response {
  const told = { "x-age-ms": ageMs, "x-took-ms": tookMs, "x-failing-for-ms": failingForMs };
  const headers = Object.entries(told).map(([name, value]): [string, string] => [name, String(value ?? "")]);
  return Response.json(content, { headers });
}
