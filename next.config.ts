import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  // pg loads optional native parts at run time; bundling it breaks them.
  serverExternalPackages: ["pg"],
  images: { unoptimized: true },
  typescript: { ignoreBuildErrors: true }, // `npm test` runs tsc on everything, tests included
};

export default config;
