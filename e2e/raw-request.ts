import { request } from "node:http";

export type RawAnswer = { status: number; headers: Record<string, string | string[] | undefined>; text: string };
type Ask = { path?: string; method?: string; headers?: Record<string, string>; body?: string | Buffer };

/** fetch() sets Host, Origin and Sec-Fetch-Site itself and tidies paths; a plain request sends what it is given. */
export function send(origin: string, { path = "/", method = "GET", headers = {}, body = "" }: Ask): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(origin);
  return new Promise((resolve, reject) => {
    const length = body.length > 0 ? { "content-length": String(Buffer.byteLength(body)) } : {};
    const call = request(
      { host: hostname, port, path, method, headers: { host, ...length, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      },
    );
    call.on("error", reject);
    call.end(body);
  });
}
