import { describe } from "vitest";
import { auditContract } from "@/server/testing/audit-contract";
import { aSqliteState } from "@/server/testing/state-database";

describe("the audit in SQLite", () => auditContract(async () => aSqliteState()));
