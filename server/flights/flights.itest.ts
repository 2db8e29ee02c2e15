import { describe } from "vitest";
import { testCluster } from "@/server/testing/cluster";
import { flightsContract } from "@/server/testing/flights-contract";
import { aPostgresState } from "@/server/testing/state-database";

const { sandbox } = testCluster();

describe("records of runs in PostgreSQL", () => flightsContract(() => aPostgresState(sandbox)));
