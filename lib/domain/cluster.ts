import { z } from "zod";

/** The name of a cluster in addresses: lower case, as the configuration derives it. */
export const clusterIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
  .brand<"ClusterId">();
export type ClusterId = z.infer<typeof clusterIdSchema>;

/** What the frame shows of a cluster before any query was answered. */
export type ClusterLabel = {
  id: ClusterId;
  name: string;
  colour: string | null;
  /** Connections to it are plain although they cross a network: every page of it says so. */
  isInsecure?: boolean;
  /** Nothing is changed here, whoever asks: by its own configuration or by the console's. */
  isReadOnly?: boolean;
};

/** The first refusal decides; without one it may be done. */
export function allOf(...verdicts: readonly Verdict[]): Verdict {
  return verdicts.find((verdict) => !verdict.allowed) ?? ALLOWED;
}

/** May this be done, and if not, why: asked by the button to explain itself and by the server to refuse. */
export type Verdict = { allowed: true } | { allowed: false; because: string };

export const ALLOWED: Verdict = { allowed: true };

/** A refusal with its reason, as one sentence for people. */
export function refused(because: string): Verdict {
  return { allowed: false, because };
}
