/** Next calls this once per server process, before the first request. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { stampPeers } = await import("./server/http/peer");
  stampPeers();
  const { start } = await import("./server/start");
  start();
}
