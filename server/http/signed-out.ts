import "server-only";
import { routes } from "@/lib/routes";
import { isOwnHost } from "./guard";

/** Where a browser goes after signing out: it forgets what it kept of the console. It changes nothing, so anybody may ask for it. */
export function signedOut() {
  return (request: Request): Response => {
    if (!isOwnHost(request.headers))
      return new Response("The console does not answer under this address.\n", { status: 421 });
    const headers = {
      location: routes.signIn(),
      "clear-site-data": '"cache", "storage"',
      "cache-control": "no-store",
    };
    return new Response(null, { status: 303, headers });
  };
}
