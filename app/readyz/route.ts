import { machineReadyz } from "@/server/http/machine-get";

export const GET = machineReadyz();
