import { expect, test } from "vitest";
import { listenRefusal } from "./listen";

const asked = (HOST: string, PUBLIC_ORIGIN?: string, ALLOW_PLAIN_HTTP = false) =>
  listenRefusal({ HOST, PUBLIC_ORIGIN, ALLOW_PLAIN_HTTP });

test.each(["127.0.0.1", "::1", "localhost", "127.0.0.9"])("on %s it listens without further words", (host) => {
  expect(asked(host)).toBeNull();
});

test.each(["0.0.0.0", "::", "10.0.0.5", "console.internal", ""])(
  "on %j, which other machines reach, it listens only under an address that people open",
  (host) => {
    expect(asked(host)).toContain("PUBLIC_ORIGIN is not set");
    expect(asked(host, "https://console.example.com")).toBeNull();
  },
);

test("an address without TLS has to be allowed in so many words, whatever it listens on", () => {
  for (const host of ["0.0.0.0", "127.0.0.1"]) {
    expect(asked(host, "http://console.internal")).toContain("clear text");
    expect(asked(host, "http://console.internal", true)).toBeNull();
  }
  expect(asked("127.0.0.1", "http://localhost:3000")).toBeNull();
  expect(asked("127.0.0.1", "http://[::1]:3000")).toBeNull();
});
