import { ProblemError } from "./errors";

/** Asks the person for a fresh proof of who they are; resolves when it is given, rejects when they would rather not. */
type Ask = () => Promise<void>;
let ask: Ask | null = null;

/** The frame says who asks. Returns how to stop. */
export function onProofWanted(asker: Ask): () => void {
  ask = asker;
  return () => {
    if (ask === asker) ask = null;
  };
}

/**
 * Sends a deed. Where the server wants a fresh proof of identity first (`reauth_required`), the person is asked for it in a dialog and
 * the same is then sent once more; nothing of what was typed is lost. `send` is called anew each time.
 */
export async function withProof<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (cause) {
    if (!(cause instanceof ProblemError) || cause.problem.code !== "reauth_required" || ask === null) throw cause;
    // Without a proof the first refusal stands: it says what is missing.
    const isProven = await ask().then(
      () => true,
      () => false,
    );
    if (!isProven) throw cause;
    return send();
  }
}
