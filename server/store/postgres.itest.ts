import { describe } from "vitest";
import { testCluster } from "@/server/testing/cluster";
import { databaseContract } from "@/server/testing/database-contract";
import { aPostgresState } from "@/server/testing/state-database";

const { sandbox } = testCluster();

describe("the state in PostgreSQL", () => databaseContract(() => aPostgresState(sandbox)));
