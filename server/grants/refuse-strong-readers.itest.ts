import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { closePools } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";
import { strongReaderRefusal } from "./refuse-strong-readers";

const { sandbox, target, threeLogins } = testCluster();
afterAll(closePools);

const fresh = (over: Partial<typeof target>, id: string) => ({
  ...target,
  ...over,
  clusterId: id as typeof target.clusterId,
});

test("T15: a read login that is a superuser is refused with a sentence, unless it is allowed in so many words", async () => {
  const strong = fresh({ superuserRead: "refused" }, "strong");
  expect(await strongReaderRefusal([threeLogins, strong])).toMatch(
    /the read login dba is a superuser, .* or set allow_superuser_read: true/,
  );
  expect(await strongReaderRefusal([fresh({ superuserRead: "allowed" }, "allowed")])).toBeNull();
  expect(await strongReaderRefusal([{ ...threeLogins, superuserRead: "refused" }])).toBeNull();
});

test("T15: a cluster that does not answer does not keep the console from starting", async () => {
  const coordinator = { host: "127.0.0.1", port: 1 };
  expect(await strongReaderRefusal([fresh({ coordinator, coordinators: [coordinator] }, "away")])).toBeNull();
});

test("T15: a console that would read as a superuser ends with the reason", async () => {
  const folder = mkdtempSync(join(tmpdir(), "shardboard-strong-"));
  const child = spawn(
    process.execPath,
    [
      "--import",
      "./scripts/hooks.mjs",
      "--input-type=module",
      "-e",
      'const { start } = await import("@/server/start"); start();',
    ],
    {
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        PATH: process.env.PATH ?? "",
        NODE_ENV: "test",
        DATA_DIR: folder,
        CITUS_URL: sandbox.url("ops"),
        CITUS_READ_URL: sandbox.url("owner"),
        CITUS_NO_PASSWORD: "true",
      },
    },
  );
  let said = "";
  child.stderr.on("data", (data: Buffer) => {
    said += data.toString();
  });
  try {
    const [code] = await once(child, "exit");
    expect(said).toContain("the read login dba is a superuser");
    expect(code).toBe(78);
  } finally {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}, 30_000);
