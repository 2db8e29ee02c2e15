import { signedOut } from "@/server/http/signed-out";

export const GET = signedOut();
