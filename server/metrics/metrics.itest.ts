import { describe } from "vitest";
import { testCluster } from "@/server/testing/cluster";
import { layoutsContract } from "@/server/testing/layouts-contract";
import { metricsContract } from "@/server/testing/metrics-contract";
import { aPostgresState } from "@/server/testing/state-database";

const { sandbox } = testCluster();

describe("the history in PostgreSQL", () => metricsContract(() => aPostgresState(sandbox)));
describe("the layouts' history in PostgreSQL", () => layoutsContract(() => aPostgresState(sandbox)));
