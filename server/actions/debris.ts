"use server";
import { cleanDebris as clean } from "@/server/debris/clean";
import { changeAction, previewAction } from "./wrap";

export const previewCleanDebris = previewAction(clean);
export const cleanDebris = changeAction(clean);
