import { describe } from "vitest";
import { flightsContract } from "@/server/testing/flights-contract";
import { aSqliteState } from "@/server/testing/state-database";

describe("records of runs in a file", () => flightsContract(async () => aSqliteState()));
