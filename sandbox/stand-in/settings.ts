import { readFileSync } from "node:fs";
import { z } from "zod";

const settingSchema = z.object({
  name: z.string(),
  type: z.string(),
  unit: z.enum(["ms", "kB", "MB"]).nullable(),
  context: z.string(),
  default: z.string(),
  min: z.string().nullable(),
  max: z.string().nullable(),
  values: z.array(z.string()).nullable(),
});
const catalogSchema = z.object({ settings: z.array(settingSchema) });
type Setting = z.infer<typeof settingSchema>;

/** From the largest down, in the unit the setting is stored in: SHOW prints the first one that divides the value. */
const STEPS: Record<NonNullable<Setting["unit"]>, readonly [name: string, size: number][]> = {
  ms: [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["min", 60_000],
    ["s", 1000],
    ["ms", 1],
  ],
  kB: [
    ["GB", 1_048_576],
    ["MB", 1024],
    ["kB", 1],
  ],
  MB: [
    ["TB", 1_048_576],
    ["GB", 1024],
    ["MB", 1],
  ],
};

/** PostgreSQL keeps a setting it does not know as plain text, so the text is what SHOW would print on Citus. */
function shown(setting: Setting): string {
  const value = Number(setting.default);
  if (setting.unit === null || value <= 0) return setting.default;
  const [name, size] = STEPS[setting.unit].find(([, step]) => value % step === 0) ?? [setting.unit, 1];
  return `${value / size}${name}`;
}

const catalog = catalogSchema.parse(
  JSON.parse(readFileSync(new URL("../recordings/catalog.json", import.meta.url), "utf8")),
);

/** The citus.* settings as a real Citus listed them. */
export const recordedSettings: readonly Setting[] = catalog.settings;

/** Lines for postgresql.conf: every citus.* setting with the default a real Citus has. */
export const standInSettings: Record<string, string> = {
  ...Object.fromEntries(catalog.settings.map((setting) => [setting.name, shown(setting)])),
  // Connections between the sandbox's nodes stay on the loopback interface and are not encrypted.
  "citus.node_conninfo": "sslmode=prefer",
  "citus.local_hostname": "127.0.0.1",
};
