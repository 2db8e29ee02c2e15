import "server-only";
import { COUNTERS, type CounterName, seriesOf } from "./counters";
import { type Gauge, readGauges } from "./gauges";

/** Everything that is counted and measured, in Prometheus' text format (version 0.0.4). */
export async function exposition(): Promise<string> {
  const counters = Object.entries(COUNTERS).map(([key, { name, help, labels }]) =>
    block({ name, help, labels, samples: seriesOf(key as CounterName) }, "counter"),
  );
  const gauges = (await readGauges()).map((gauge) => block(gauge, "gauge"));
  return `${[...counters, ...gauges].filter((text) => text !== "").join("\n")}\n`;
}

/** A measure without a value is left out: unknown is not 0. */
function block({ name, help, labels, samples }: Gauge, type: "counter" | "gauge"): string {
  if (samples.length === 0) return "";
  const lines = samples.map(({ labels: values, value }) => {
    const pairs = labels.map((label, index) => `${label}="${escaped(values[index] ?? "")}"`);
    return `${name}${pairs.length > 0 ? `{${pairs.join(",")}}` : ""} ${value}`;
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join("\n");
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
