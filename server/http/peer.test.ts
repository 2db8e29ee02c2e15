import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { PEER_HEADER, plain, stampPeers } from "./peer";

test("whatever a client claims about its address is overwritten by the address it has", async () => {
  stampPeers();
  const server = createServer((asked, answer) => answer.end(String(asked.headers[PEER_HEADER])));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const seen = await new Promise<string>((resolve, reject) => {
      const headers = { [PEER_HEADER.toUpperCase()]: ["10.0.0.1", "10.0.0.2"], "x-forwarded-for": "10.0.0.3" };
      const call = request({ port, host: "127.0.0.1", headers }, (answer) => {
        let text = "";
        answer.on("data", (chunk) => (text += chunk)).on("end", () => resolve(text));
      });
      call.on("error", reject).end();
    });
    expect(seen).toBe("127.0.0.1");
  } finally {
    server.close();
  }
});

test("an IPv4 address is the same address, however the socket writes it", () => {
  expect(plain("::ffff:10.1.2.3")).toBe("10.1.2.3");
  expect(plain("2001:DB8::1")).toBe("2001:db8::1");
});
