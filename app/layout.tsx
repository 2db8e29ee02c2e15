import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { parseTheme, THEME_COOKIE } from "@/lib/theme";
import { inter, interExt, jetbrainsMono } from "./fonts";
import "./globals.css";

export const metadata: Metadata = {
  title: { template: "%s · Shardboard", default: "Shardboard" },
  description: "Operations console for Citus clusters",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

/** The theme comes from a cookie, so the first byte is already right: no flash, and no inline script for a CSP to refuse. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang="en" data-theme={theme} className={`${inter.variable} ${interExt.variable} ${jetbrainsMono.variable}`}>
      <body>{children}</body>
    </html>
  );
}
