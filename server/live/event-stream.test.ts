import { expect, test, vi } from "vitest";
import type { TopicName } from "@/lib/domain/live";
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
    announce: () => listeners.forEach((listener) => void listener("nodes", "v-1")),
  };
}

const textOf = (read: ReadableStreamReadResult<Uint8Array>) => new TextDecoder().decode(read.value);

test("news of a topic travel as one event", async () => {
  const collector = aCollector();
  const reader = eventStream(collector, new AbortController().signal).getReader();
  expect(textOf(await reader.read())).toBe("retry: 2000\n\n");
  collector.announce();
  expect(textOf(await reader.read())).toBe('data: {"topic":"nodes","version":"v-1"}\n\n');
  await reader.cancel();
});

test("a browser that leaves is listened for no longer, whichever way its leaving is noticed", async () => {
  vi.useFakeTimers();
  const collector = aCollector();
  const leaving = new AbortController();
  const aborted = eventStream(collector, leaving.signal);
  const cancelled = eventStream(collector, new AbortController().signal);
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
  const reader = eventStream(collector, AbortSignal.abort()).getReader();
  await reader.read();
  expect((await reader.read()).done).toBe(true);
  expect(collector.listeners.size).toBe(0);
  expect(openStreams().size).toBe(0);
});

test("a stop of the process ends every stream", async () => {
  const reader = eventStream(aCollector(), new AbortController().signal).getReader();
  await reader.read();
  for (const close of [...openStreams()]) close();
  expect((await reader.read()).done).toBe(true);
});

test("for a browser that does not read, events are not kept without end", async () => {
  const collector = aCollector();
  const reader = eventStream(collector, new AbortController().signal).getReader();
  for (let count = 0; count < 500; count++) collector.announce();
  let kept = 0;
  const counted = async () => {
    for (;;) {
      await reader.read();
      kept += 1;
    }
  };
  void counted();
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(kept).toBeLessThan(100);
  expect(kept).toBeGreaterThan(1);
});
