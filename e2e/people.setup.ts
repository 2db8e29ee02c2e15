import { expect, type Page, test as setup } from "@playwright/test";
import { PEOPLE, stateFile } from "./people.ts";

/** By the link that the console printed; on a console that somebody else keeps running, where the link is used up, by the password. */
async function signInAsAdmin(page: Page): Promise<void> {
  const { name, password } = PEOPLE.admin;
  const link = process.env.E2E_FIRST_ADMIN_LINK;
  if (link) {
    await page.goto(link);
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("New password").fill(password);
    await page.getByLabel("The same once more").fill(password);
    await page.getByRole("button", { name: "Become admin" }).click();
  } else {
    await page.goto("/sign-in");
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
  }
  await expect(page.getByRole("navigation", { name: "Screens" })).toBeVisible();
}

setup("the first admin signs in by the link that the console prints", async ({ page }) => {
  await signInAsAdmin(page);
  await page.context().storageState({ path: stateFile("admin") });
});
