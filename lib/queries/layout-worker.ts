import { aboutOf, done, type FromWorker, type ToWorker } from "./layout-calls";
import { createLayoutEngine, failureToTell } from "./layout-engine";
import { createPacker } from "./layout-parcels";

/**
 * The page's worker: reads, decodes, puts together, filters and sorts, so that the page itself only draws. It imports nothing that
 * starts it: the bundler does not come to an end with a worker that contains itself.
 */
const engine = createLayoutEngine();
const pack = createPacker();

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  const { callId } = data;
  // What is sent is a copy: the engine goes on with what it has.
  const send = (message: FromWorker) => self.postMessage(message);
  try {
    const answer = await done(engine, data);
    send({ callId, parcel: pack(aboutOf(data), answer) });
  } catch (cause) {
    send({ callId, failure: failureToTell(cause) });
  }
};
