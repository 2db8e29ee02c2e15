import { describe } from "vitest";
import { layoutsContract } from "@/server/testing/layouts-contract";
import { metricsContract } from "@/server/testing/metrics-contract";
import { aSqliteState } from "@/server/testing/state-database";

describe("the history in a file", () => metricsContract(async () => aSqliteState()));
describe("the layouts' history in a file", () => layoutsContract(async () => aSqliteState()));
