import "server-only";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Worker } from "node:worker_threads";
import { AppError } from "@/lib/errors";
import { log } from "@/server/log";
import type {
  AnswerOf,
  Asked,
  Batch,
  FromWorker,
  HandedLayout,
  MetricsPlace,
  QueryOf,
  Question,
  ToWorker,
} from "./messages";

/** Batches that the worker has not looked at yet; beyond these, new ones are dropped and counted. */
const MOST_UNDER_WAY = 500;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;

export type MetricsStatus = {
  /** restarting: the thread ended by itself and is started again. troubled: its database takes nothing. */
  state: "starting" | "running" | "troubled" | "restarting" | "stopped";
  why: string | null;
  restarts: number;
  /** Batches that were not handed over, and points that were thrown away. */
  dropped: number;
};

export type Recorder = {
  /** Hands over what was measured. Never waits, never fails. */
  record: (batch: Batch) => void;
  /** Hands over a layout as it was read; without one: it is as it was handed last. false: it could not be taken. */
  layout: (handed: HandedLayout | { clusterId: string; at: number }) => boolean;
  /** @throws AppError `state_failed` when the history does not answer in time */
  ask: <Kind extends Asked>(of: Kind, query: QueryOf<Kind>, deadlineMs: number) => Promise<AnswerOf<Kind>>;
  status: () => MetricsStatus;
  stop: () => Promise<void>;
};

/** Asked for in this way, because the bundler would take a thread made with the imported class for a part of the pages, and fail. */
const threads = process.getBuiltinModule("node:worker_threads");

type Waiting = { answer: (answer: AnswerOf<Asked>) => void; refuse: (why: string) => void };

/** Keeps the worker thread alive that writes and reads the history. */
export function startRecorder(place: MetricsPlace, file = join(process.cwd(), "server/metrics/worker.ts")): Recorder {
  const status: MetricsStatus = { state: "starting", why: null, restarts: 0, dropped: 0 };
  const asked = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let underWay = 0;
  /** Points that the running thread has thrown away so far. */
  let lost = 0;
  let lastId = 0;
  let retryMs = FIRST_RETRY_MS;
  let timer: NodeJS.Timeout | undefined;

  function begin(): void {
    const hooks = pathToFileURL(join(process.cwd(), "scripts/hooks.mjs")).href;
    const mine = new threads.Worker(file, { execArgv: ["--import", hooks], workerData: place });
    worker = mine;
    mine.unref();
    mine.on("message", hear);
    mine.on("error", (cause) => {
      status.why = cause instanceof Error ? cause.message : String(cause);
    });
    mine.on("exit", () => again(mine));
  }

  function again(ended: Worker): void {
    if (worker !== ended) return;
    worker = null;
    underWay = 0;
    lost = 0;
    for (const one of asked.values()) one.refuse("it was being restarted");
    asked.clear();
    if (status.state === "stopped") return;
    status.state = "restarting";
    status.restarts += 1;
    log.error("the thread that keeps the history has ended and is started again", { why: status.why, retryMs });
    timer = setTimeout(begin, retryMs).unref();
    retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
  }

  function hear(message: FromWorker): void {
    if (message.kind === "taken") underWay -= 1;
    else if (message.kind === "answer") asked.get(message.id)?.answer(message.answer);
    else if (message.kind === "refusal") asked.get(message.id)?.refuse(message.why);
    else if (status.state === "stopped") return;
    else if (message.kind === "trouble") {
      if (status.state !== "troubled") log.warn("the history cannot be written", { why: message.why });
      Object.assign(status, { state: "troubled", why: message.why });
      status.dropped += message.lost - lost;
      lost = message.lost;
    } else {
      retryMs = FIRST_RETRY_MS;
      Object.assign(status, { state: "running", why: null });
    }
  }

  const send = (message: ToWorker) => worker?.postMessage(message);
  /** Never more than the thread can look at soon. */
  function hand(message: ToWorker): boolean {
    if (!worker || underWay >= MOST_UNDER_WAY) {
      status.dropped += 1;
      return false;
    }
    underWay += 1;
    send(message);
    return true;
  }

  begin();
  return {
    record(batch) {
      if (batch.samples.length > 0) hand({ kind: "batch", ...batch });
    },
    layout(handed) {
      return hand("layout" in handed ? { kind: "layout", ...handed } : { kind: "layout-same", ...handed });
    },
    ask<Kind extends Asked>(of: Kind, query: QueryOf<Kind>, deadlineMs: number) {
      const id = ++lastId;
      return new Promise<AnswerOf<Kind>>((resolve, reject) => {
        const settle = () => {
          clearTimeout(deadline);
          asked.delete(id);
        };
        const refuse = (why: string) => {
          settle();
          reject(new AppError("state_failed", `The history does not answer: ${why}.`));
        };
        const deadline = setTimeout(() => refuse("not within its time"), deadlineMs);
        asked.set(id, {
          refuse,
          answer(answer) {
            settle();
            // The thread answers what was asked under this number.
            resolve(answer as AnswerOf<Kind>);
          },
        });
        if (worker) send({ kind: "ask", id, question: { of, query } as Question });
        else refuse("it was being restarted");
      });
    },
    status: () => ({ ...status }),
    async stop() {
      status.state = "stopped";
      clearTimeout(timer);
      const last = worker;
      if (!last) return;
      const ended = new Promise((resolve) => last.once("exit", resolve));
      send({ kind: "stop" });
      await ended;
    },
  };
}
