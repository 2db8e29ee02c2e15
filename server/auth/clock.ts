import "server-only";

/**
 * Epoch milliseconds that never go back while this process lives: setting the machine's clock back must not revive a session
 * that has ended. Setting it forward ends sessions early, which costs a sign-in.
 */
export function authNow(): number {
  return Math.floor(Math.max(Date.now(), performance.timeOrigin + performance.now()));
}
