import { describe } from "vitest";
import { auditContract } from "@/server/testing/audit-contract";
import { testCluster } from "@/server/testing/cluster";
import { aPostgresState } from "@/server/testing/state-database";

const { sandbox } = testCluster();

describe("the audit in PostgreSQL", () => auditContract(() => aPostgresState(sandbox)));
