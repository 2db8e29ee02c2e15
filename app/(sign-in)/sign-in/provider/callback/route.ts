import { providerCallback } from "@/server/http/provider-sign-in";

export const GET = providerCallback();
