import { providerBegin } from "@/server/http/provider-sign-in";

export const GET = providerBegin();
