import { done, type FromWorker, type ToWorker } from "./layout-calls";
import { createLayoutEngine, failureToTell } from "./layout-engine";

/**
 * The page's worker: reads, decodes, puts together, filters and sorts, so that the page itself only draws. It imports nothing that
 * starts it: the bundler does not come to an end with a worker that contains itself.
 */
const engine = createLayoutEngine();

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  const { callId } = data;
  // What is sent is a copy: the engine lays the next difference over what it has.
  const send = (message: FromWorker) => self.postMessage(message);
  try {
    send({ callId, answer: await done(engine, data) });
  } catch (cause) {
    send({ callId, failure: failureToTell(cause) });
  }
};
