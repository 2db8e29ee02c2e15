"use client";
import { IconButton } from "@/components/ui/icon-button";
import { THEME_COOKIE, type Theme } from "@/lib/theme";

const A_YEAR = 60 * 60 * 24 * 365;

function currentTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function toggleTheme() {
  const next: Theme = currentTheme() === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  // biome-ignore lint/suspicious/noDocumentCookie: cookieStore needs a secure context, and the console may run on plain http
  document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=${A_YEAR}; samesite=lax`;
}

/** The choice is a cookie, so the server sends the right theme with the next page and nothing flashes. */
export function ThemeToggle() {
  return <IconButton icon="moon" label="Switch between light and dark" onClick={toggleTheme} />;
}
