import { describe } from "vitest";
import { metricsContract } from "@/server/testing/metrics-contract";
import { aSqliteState } from "@/server/testing/state-database";

describe("the history in a file", () => metricsContract(async () => aSqliteState()));
