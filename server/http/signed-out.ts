import "server-only";
import { routes } from "@/lib/routes";
import { STATUS_BY_CODE } from "@/server/problem";
import { refuseCrossSite } from "./guard";
import { refusalOf } from "./refusal";

/**
 * Where a browser goes after signing out: it forgets what it kept of the console. It ends nothing, so whoever is there may ask for it;
 * another site's page may not, or it could make people's browsers forget their settings.
 */
export function signedOut() {
  return (request: Request): Response => {
    try {
      refuseCrossSite(request.headers);
    } catch (cause) {
      const problem = refusalOf(cause, request.headers);
      return Response.json(problem, { status: STATUS_BY_CODE[problem.code], headers: { "cache-control": "no-store" } });
    }
    const headers = {
      location: routes.signIn(),
      "clear-site-data": '"cache", "storage"',
      "cache-control": "no-store",
    };
    return new Response(null, { status: 303, headers });
  };
}
