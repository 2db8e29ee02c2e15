import "server-only";
import { createServer, type Server, type Socket } from "node:net";

/** What a fake server answers to a statement: rows of texts, an error, or bytes as they come. */
export type FakeAnswer =
  | { columns: readonly string[]; rows: readonly (readonly (string | null)[])[] }
  | { error: string; sqlState?: string }
  | { write: (socket: Socket) => void };

export type FakeServer = { port: number; seen: string[]; close: () => Promise<void> };

const int32 = (value: number) => {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value | 0);
  return buffer;
};
const int16 = (value: number) => int32(value).subarray(2);
const text = (words: string) => Buffer.from(`${words}\0`);
const message = (type: string, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
};

const READY = message("Z", Buffer.from("I"));
const OID_TEXT = 25;
const OID_BOOL = 16;

/** A row whose only column says that it is of `bytes` bytes; the bytes themselves follow by hand. */
export function rowHead(bytes: number): Buffer {
  return Buffer.concat([Buffer.from("D"), int32(4 + 2 + 4 + bytes), int16(1), int32(bytes)]);
}

export function columnsHead(columns: readonly string[], isBool: (column: string) => boolean = () => false): Buffer {
  const fields = columns.map((column) => {
    const oid = isBool(column) ? OID_BOOL : OID_TEXT;
    return Buffer.concat([text(column), int32(0), int16(0), int32(oid), int16(-1), int32(-1), int16(0)]);
  });
  return message("T", int16(columns.length), ...fields);
}

/**
 * Speaks as much of PostgreSQL's protocol as the console needs to take it for a node, and answers what the test says. The look at a
 * new session is answered as an honest server would, unless the test answers it as well.
 */
export async function startFakeServer(answerTo: (sql: string) => FakeAnswer | undefined): Promise<FakeServer> {
  const sockets = new Set<Socket>();
  const seen: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    serve(socket, (sql, options) => {
      seen.push(sql);
      return (
        answerTo(sql) ?? lookOf(sql, options) ?? { error: "the fake server knows no such statement", sqlState: "42601" }
      );
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { port: address.port, seen, close: () => close(server, sockets) };
}

async function close(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  await new Promise((closed) => server.close(closed));
}

type Answering = (sql: string, options: ReadonlyMap<string, string>) => FakeAnswer;

function serve(socket: Socket, answering: Answering): void {
  let waiting = Buffer.alloc(0);
  let options: Map<string, string> | undefined;
  let parsed = "";
  socket.on("data", (part: Buffer) => {
    waiting = Buffer.concat([waiting, part]);
    for (;;) {
      const head = options ? 1 : 0;
      if (waiting.length < head + 4) return;
      const length = waiting.readInt32BE(head);
      if (waiting.length < head + length) return;
      const type = options ? String.fromCharCode(waiting[0] ?? 0) : "startup";
      const body = waiting.subarray(head + 4, head + length);
      waiting = waiting.subarray(head + length);
      if (type === "startup") {
        if (body.readInt32BE(0) === 80_877_103) socket.write("N");
        else {
          options = optionsIn(body);
          socket.write(
            Buffer.concat([message("R", int32(0)), message("S", text("server_version"), text("15.0")), READY]),
          );
        }
      } else if (type === "Q")
        send(socket, answering(body.toString("utf8", 0, body.length - 1), options ?? new Map()), true);
      else if (type === "P") {
        parsed = body.toString("utf8", body.indexOf(0) + 1, body.indexOf(0, body.indexOf(0) + 1));
        socket.write(message("1"));
      } else if (type === "B") socket.write(message("2"));
      else if (type === "E") send(socket, answering(parsed, options ?? new Map()), false);
      else if (type === "S") socket.write(READY);
      else if (type === "X") socket.end();
    }
  });
}

function send(socket: Socket, answer: FakeAnswer, isSimple: boolean): void {
  if ("write" in answer) {
    answer.write(socket);
    return;
  }
  const end = isSimple ? [READY] : [];
  if ("error" in answer) {
    const fields = [`SERROR`, `C${answer.sqlState ?? "XX000"}`, `M${answer.error}`].map(text);
    socket.write(Buffer.concat([message("E", ...fields, Buffer.from([0])), ...end]));
    return;
  }
  const rows = answer.rows.map((row) => {
    const values = row.map((value) =>
      value === null ? int32(-1) : Buffer.concat([int32(Buffer.byteLength(value)), Buffer.from(value)]),
    );
    return message("D", int16(row.length), ...values);
  });
  const isBool = (column: string) => /^(?:is|in)_/.test(column);
  socket.write(Buffer.concat([columnsHead(answer.columns, isBool), ...rows, message("C", text("SELECT 1")), ...end]));
}

/** The settings that the session asked for with -c, and its name. */
function optionsIn(startup: Buffer): Map<string, string> {
  const words = startup.toString("utf8", 4).split("\0");
  const pairs = new Map<string, string>();
  for (let index = 0; index + 1 < words.length; index += 2) pairs.set(words[index] ?? "", words[index + 1] ?? "");
  const asked = [...(pairs.get("options") ?? "").matchAll(/-c (\S+?)=(\S*)/g)];
  return new Map([
    ...asked.map((match) => [match[1] ?? "", match[2] ?? ""] as const),
    ["application_name", pairs.get("application_name") ?? ""],
  ]);
}

function lookOf(sql: string, options: ReadonlyMap<string, string>): FakeAnswer | undefined {
  if (!sql.startsWith("/* shardboard:session.look */")) return undefined;
  const settings = JSON.stringify(Object.fromEntries(options));
  return {
    columns: ["settings", "login", "is_superuser", "in_recovery", "system_id", "timeline"],
    rows: [[settings, "fake", "f", "f", "7000000000000000001", "00000001"]],
  };
}
