import { expect, test, vi } from "vitest";
import type { LiveEvent, TopicName } from "@/lib/domain/live";
import { eventStream } from "./event-stream";
import { openStreams } from "./streams";

/** A collector of which the test sees who listens. */
function aCollector() {
  const listeners = new Set<(topic: TopicName, version: string) => void>();
  return {
    listeners,
    subscribe(listener: (topic: TopicName, version: string) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    announce: (topic: TopicName = "nodes", version = "v-1") => {
      for (const listener of listeners) listener(topic, version);
    },
  };
}

const ALIVE = new AbortController().signal;
const textOf = (read: ReadableStreamReadResult<Uint8Array>) => new TextDecoder().decode(read.value);

test("news of a topic travel as one event", async () => {
  const collector = aCollector();
  const reader = eventStream(collector, { gone: ALIVE }).getReader();
  expect(textOf(await reader.read())).toBe("retry: 2000\n\n");
  collector.announce();
  expect(textOf(await reader.read())).toBe('data: {"topic":"nodes","version":"v-1"}\n\n');
  await reader.cancel();
});

test("who hears at once is told what differs; who reads too slowly asks for it", async () => {
  const collector = aCollector();
  const step = { since: "v-1", columns: "AAA=", ageMs: 0, tookMs: 5 };
  const event: LiveEvent = { topic: "topology", version: "v-2", step };
  const reader = eventStream(collector, { gone: ALIVE, tell: () => event }).getReader();
  await reader.read();
  collector.announce("topology", "v-2");
  collector.announce("topology", "v-3");
  expect(textOf(await reader.read())).toBe(`data: ${JSON.stringify(event)}\n\n`);
  expect(textOf(await reader.read())).toBe('data: {"topic":"topology","version":"v-3"}\n\n');
  await reader.cancel();
});

test("while nobody can tell whether somebody may still listen, they are told that there is news and not what", async () => {
  vi.useFakeTimers();
  const collector = aCollector();
  const event: LiveEvent = { topic: "topology", version: "v-2", step: { since: "", columns: "", ageMs: 0, tookMs: 0 } };
  let may: boolean | null = null;
  const reader = eventStream(collector, { gone: ALIVE, tell: () => event, stillMay: async () => may }).getReader();
  await reader.read();
  await vi.advanceTimersByTimeAsync(1_200);
  collector.announce("topology", "v-2");
  expect(textOf(await reader.read())).toBe('data: {"topic":"topology","version":"v-2"}\n\n');
  may = true;
  await vi.advanceTimersByTimeAsync(1_200);
  collector.announce("topology", "v-2");
  expect(textOf(await reader.read())).toBe(`data: ${JSON.stringify(event)}\n\n`);
  await reader.cancel();
  vi.useRealTimers();
});

test("a browser that leaves is listened for no longer, whichever way its leaving is noticed", async () => {
  vi.useFakeTimers();
  const collector = aCollector();
  const leaving = new AbortController();
  const aborted = eventStream(collector, { gone: leaving.signal });
  const cancelled = eventStream(collector, { gone: ALIVE });
  expect(collector.listeners.size).toBe(2);
  leaving.abort();
  await cancelled.cancel();
  await aborted.cancel();
  expect(collector.listeners.size).toBe(0);
  expect(openStreams().size).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test("a browser that left before the stream began leaves nothing behind", async () => {
  const collector = aCollector();
  const reader = eventStream(collector, { gone: AbortSignal.abort() }).getReader();
  await reader.read();
  expect((await reader.read()).done).toBe(true);
  expect(collector.listeners.size).toBe(0);
  expect(openStreams().size).toBe(0);
});

test("a stop of the process ends every stream", async () => {
  const reader = eventStream(aCollector(), { gone: ALIVE }).getReader();
  await reader.read();
  for (const close of [...openStreams()]) close();
  expect((await reader.read()).done).toBe(true);
});

test("a browser that does not read skips to the newest: one line waits for it per topic, however much happened", async () => {
  const collector = aCollector();
  const reader = eventStream(collector, { gone: ALIVE }).getReader();
  for (let version = 1; version <= 500; version++) {
    collector.announce("nodes", `n-${version}`);
    collector.announce("jobs", `j-${version}`);
  }
  const heard = await readUntilQuiet(reader);
  expect(heard).toBe(
    'retry: 2000\n\ndata: {"topic":"nodes","version":"n-500"}\n\ndata: {"topic":"jobs","version":"j-500"}\n\n',
  );
  await reader.cancel();
});

test("however many listen, one timer asks for all of them, and it ends with the last", async () => {
  vi.useFakeTimers();
  const collector = aCollector();
  const looks = vi.fn(async () => true);
  const streams = Array.from({ length: 200 }, () => eventStream(collector, { gone: ALIVE, stillMay: looks }));
  expect(vi.getTimerCount()).toBe(2);
  await vi.advanceTimersByTimeAsync(1_200);
  expect(looks).toHaveBeenCalledTimes(200);
  for (const stream of streams) await stream.cancel();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test("whoever may listen no longer is not listened for any longer, and the others go on", async () => {
  vi.useFakeTimers();
  const collector = aCollector();
  const ending = eventStream(collector, { gone: ALIVE, stillMay: async () => false }).getReader();
  const staying = eventStream(collector, { gone: ALIVE });
  await ending.read();
  await vi.advanceTimersByTimeAsync(2_000);
  expect((await ending.read()).done).toBe(true);
  expect(collector.listeners.size).toBe(1);
  await staying.cancel();
  vi.useRealTimers();
});

/** Everything that is there to be read without waiting for news. */
async function readUntilQuiet(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  let heard = "";
  void (async () => {
    for (let read = await reader.read(); !read.done; read = await reader.read()) heard += textOf(read);
  })();
  await new Promise((resolve) => setTimeout(resolve, 0));
  return heard;
}
