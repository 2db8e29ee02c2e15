import { machineMetrics } from "@/server/http/machine-get";

export const GET = machineMetrics();
