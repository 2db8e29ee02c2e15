import "server-only";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { encodeLayout } from "@/lib/domain/kept-layout";
import type { Database } from "@/server/store/database";
import { readHistory } from "./history";
import { layoutAt, marksBetween, movesBetween } from "./layout-reads";
import type { AnswerOf, Asked, Question } from "./messages";

/** What is asked of the past. */
export async function answerTo(database: Database, { of, query }: Question, now: number): Promise<AnswerOf<Asked>> {
  switch (of) {
    case "series":
      return readHistory(database, query, now);
    case "layout": {
      const read = await layoutAt(database, query.clusterId, query.at);
      return read && new Uint8Array(await promisify(gzip)(encodeLayout(read.kept)));
    }
    case "moves":
      return movesBetween(database, query.clusterId, query.from, query.to);
    case "marks":
      return marksBetween(database, query.clusterId, query.from, query.to);
  }
}
