import { describe } from "vitest";
import { databaseContract } from "@/server/testing/database-contract";
import { aSqliteState } from "@/server/testing/state-database";

describe("the state in a file", () => databaseContract(async () => aSqliteState()));
