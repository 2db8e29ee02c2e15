import { expect, test } from "vitest";
import { Secret } from "@/server/config/secret";
import { addressOf, clientConfig } from "./postgres-connect";

const at = (url: string, allowInsecure = false) =>
  addressOf({ url: new Secret(url), ca: "PEM", allowInsecure }, "shardboard");

test.each(["localhost", "127.0.0.1", "[::1]"])("this machine (%s) is spoken to in plain", (host) => {
  expect(at(`postgres://u:p@${host}/state`).tls).toBe(false);
});

test("T25: another machine is verified in full, unless the configuration allows a plain connection in so many words", () => {
  const { ssl } = clientConfig(at("postgres://u:p@db.example:5433/state"), "state");
  expect(ssl).toEqual({ rejectUnauthorized: true, minVersion: "TLSv1.2", ca: "PEM", servername: "db.example" });
  expect(clientConfig(at("postgres://u:p@10.0.0.7/state"), "state").ssl).not.toHaveProperty("servername");
  expect(clientConfig(at("postgres://u:p@db.example/state", true), "state").ssl).toBe(false);
});

test.each(["sslmode=disable", "host=/tmp", "options=-c%20x"])("a URL with an option (%s) is refused", (option) => {
  expect(() => at(`postgres://u:p@db.example/state?${option}`)).toThrow("options are not read");
});

test("T9, T11: the password is printed nowhere, and an empty one is not looked for on this machine", async () => {
  const address = at("postgres://ann:p%40ss@localhost/state");
  expect(JSON.stringify(address)).not.toContain("p@ss");
  const { password } = clientConfig(address, "state");
  expect(typeof password === "function" && (await password())).toBe("p@ss");
  const { password: none } = clientConfig(at("postgres://ann@localhost/state"), "state");
  expect(typeof none === "function" && (await none())).toBe("");
});
