"use server";
import { closeRunInput, closeUnknown } from "@/server/runs/close-unknown";
import { deedAction } from "./wrap";

/** Closes an operation whose end nobody could find out, with what a person found. */
export const closeUnknownRun = deedAction({ permission: "run:close", input: closeRunInput, run: closeUnknown });
