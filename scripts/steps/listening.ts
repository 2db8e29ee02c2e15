import { configuration } from "../../server/config/configuration.ts";
import { env } from "../../server/env.ts";
import { listenRefusal } from "../../server/http/listen.ts";
import { publicOrigin } from "../../server/http/origin.ts";

/** A program of its own, under scripts/hooks.mjs: where the console is configured to listen; or, on standard error, why it may not start. */
try {
  const { HOST, PORT } = env();
  const refusal =
    listenRefusal(env()) ??
    (configuration().clusters.length > 0
      ? null
      : "No cluster is configured. Describe it in shardboard.yaml, or name one: CITUS_URL=postgres://user:password@coordinator:5432/database npm start");
  if (refusal) throw new Error(refusal);
  process.stdout.write(JSON.stringify({ host: HOST, port: PORT, origin: publicOrigin() }));
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode = 2;
}
