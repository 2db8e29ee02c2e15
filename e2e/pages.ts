import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { expect } from "./fixtures";

/** The dialog that is open: one at a time. */
export function dialogOf(page: Page): Locator {
  return page.getByRole("dialog");
}

/** Presses the deed of an open dialog when its plan is there, and waits for the end that says the effect was seen. */
export async function confirm(page: Page, deed: string | RegExp): Promise<void> {
  const dialog = dialogOf(page);
  const button = dialog.getByRole("button", { name: deed, exact: true }).last();
  await expect(button).not.toHaveAttribute("aria-disabled", "true");
  await button.click();
}

export async function confirmAndSee(page: Page, deed: string): Promise<void> {
  await confirm(page, deed);
  const dialog = dialogOf(page);
  await expect(dialog.getByText(/and seen on the cluster\.$/)).toBeVisible();
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(dialog).toBeHidden();
}

/** Opens a node's menu and chooses one of its actions. */
export async function chooseForNode(page: Page, port: number, action: string): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`^Actions for .*:${port}$`) }).click();
  await page.getByRole("menuitem", { name: action, exact: true }).click();
}

export function nodeRow(page: Page, port: number): Locator {
  return page
    .getByRole("table", { name: "Nodes of the cluster" })
    .getByRole("row", { name: new RegExp(`:${port}\\b`) });
}

/** The cell under a head of the nodes table. */
export async function nodeCell(page: Page, port: number, head: string): Promise<Locator> {
  const heads = await page
    .getByRole("table", { name: "Nodes of the cluster" })
    .getByRole("columnheader")
    .allTextContents();
  const index = heads.findIndex((text) => text.trim() === head);
  if (index < 0) throw new Error(`no column ${head} among ${heads.join(", ")}`);
  return nodeRow(page, port).getByRole("cell").nth(index);
}

/** Where pictures go; E2E_SCREENSHOTS=docs/screenshots renews those of the README. */
const PICTURES = process.env.E2E_SCREENSHOTS ?? join("test-results", "screens");

export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: "disabled" });
}
