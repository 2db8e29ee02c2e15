import { machineLivez } from "@/server/http/machine-get";

export const GET = machineLivez();
