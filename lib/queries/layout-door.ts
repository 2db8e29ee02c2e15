import { ProblemError } from "@/lib/errors";
import { aboutOf, done, type FromWorker, type ToWorker } from "./layout-calls";
import type { LayoutEngine } from "./layout-engine";
import { createUnpacker } from "./layout-parcels";

/** The little of a `Worker` that is needed. */
export type WorkerLike = Pick<Worker, "postMessage" | "terminate"> & {
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
};

/**
 * The engine in a worker, called as if it were here. A worker that cannot be loaded is given up, and the engine runs in the
 * page: slower, but the same.
 */
export function engineInWorker(worker: WorkerLike, instead: () => Promise<LayoutEngine>): LayoutEngine {
  type Waiting = { message: ToWorker; resolve: (answer: unknown) => void; reject: (cause: Error) => void };
  const waiting = new Map<number, Waiting>();
  const unpack = createUnpacker();
  let substitute: Promise<LayoutEngine> | null = null;

  worker.onmessage = ({ data }) => {
    const call = waiting.get(data.callId);
    waiting.delete(data.callId);
    if ("parcel" in data) call?.resolve(unpack(aboutOf(call.message), data.parcel));
    else
      call?.reject(
        "problem" in data.failure ? new ProblemError(data.failure.problem) : new Error(data.failure.message),
      );
  };
  worker.onerror = () => {
    worker.terminate();
    substitute ??= instead();
    for (const { message, resolve, reject } of waiting.values()) doneBy(substitute, message).then(resolve, reject);
    waiting.clear();
  };
  return calledBy((message) => {
    if (substitute) return doneBy(substitute, message);
    return new Promise((resolve, reject) => {
      waiting.set(message.callId, { message, resolve: (answer) => resolve(answer as never), reject });
      worker.postMessage(message);
    });
  });
}

const doneBy = (engine: Promise<LayoutEngine>, message: ToWorker) => engine.then((here) => done(here, message));

/** An engine each of whose deeds is such a message. */
function calledBy(call: (message: ToWorker) => Promise<never>): LayoutEngine {
  let calls = 0;
  return {
    read: (ask) => call({ callId: ++calls, deed: "read", ask }),
    take: (ask) => call({ callId: ++calls, deed: "take", ask }),
    picture: (ask) => call({ callId: ++calls, deed: "picture", ask }),
    order: (ask) => call({ callId: ++calls, deed: "order", ask }),
    whatIf: (ask) => call({ callId: ++calls, deed: "whatIf", ask }),
    would: (ask) => call({ callId: ++calls, deed: "would", ask }),
  };
}

let engine: LayoutEngine | undefined;

/** The page's one engine: in a worker where the browser has them and lets the page start one. */
export function layoutEngine(): LayoutEngine {
  engine ??= startEngine();
  return engine;
}

/** The engine in the page itself, loaded only where it is needed: nearly everywhere the worker has it. */
const engineHere = () => import("./layout-engine").then(({ createLayoutEngine }) => createLayoutEngine());

function startEngine(): LayoutEngine {
  const here = () => {
    const engine = engineHere();
    return calledBy((message) => doneBy(engine, message));
  };
  if (typeof Worker === "undefined") return here();
  try {
    const worker = new Worker(new URL("./layout-worker.ts", import.meta.url), { type: "module", name: "layout" });
    return engineInWorker(worker, engineHere);
  } catch {
    // A browser that refuses it says why in its own log; the page does the work then.
    return here();
  }
}

// The worker's script comes beside the page's own: when the first screen asks for the layout it is there. Not on the server, which has no workers.
if (typeof Worker !== "undefined") layoutEngine();
