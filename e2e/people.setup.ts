import { type Browser, expect, type Page, test as setup } from "@playwright/test";
import { keepSession, PEOPLE, type PersonName } from "./people.ts";

/** By the link that the console printed; on a console that somebody else keeps running, where the link is used up, by the password. */
async function signInAsAdmin(page: Page): Promise<void> {
  const { name, password } = PEOPLE.admin;
  const link = process.env.E2E_FIRST_ADMIN_LINK;
  if (link) {
    await page.goto(link);
    await page.getByLabel("Name").fill(name);
    await choosePassword(page, password);
    await page.getByRole("button", { name: "Become admin" }).click();
  } else {
    await page.goto("/sign-in");
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  }
  await expect(page.getByRole("button", { name: `You: ${name}` }).first()).toBeVisible();
}

async function choosePassword(page: Page, password: string): Promise<void> {
  await page.getByLabel("New password").fill(password);
  await page.getByLabel("The same once more").fill(password);
}

/** Invites somebody as an admin does, and uses the link as the invited person does. On a console that knows them: a new password. */
async function letIn(page: Page, browser: Browser, person: Exclude<PersonName, "admin">): Promise<void> {
  const { name, password, role } = PEOPLE[person];
  await page.goto("/people");
  const known = page.getByRole("row", { name: new RegExp(`^${name}\\b`) });
  await expect(page.getByRole("table", { name: "People of this console" })).toBeVisible();
  if (await known.isVisible()) {
    await known.getByRole("button", { name: `Actions for ${name}` }).click();
    await page.getByRole("menuitem", { name: "Link for a new password" }).click();
  } else {
    await page.getByRole("button", { name: "Invite…" }).click();
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("Role 1", { exact: true }).selectOption(role);
    await page.getByRole("button", { name: "Make the link" }).click();
  }
  const link = (await page.getByLabel("The link").textContent()) ?? "";
  const context = await browser.newContext();
  const theirs = await context.newPage();
  await theirs.goto(link);
  await choosePassword(theirs, password);
  await theirs.getByRole("button", { name: "Set the password and sign in" }).click();
  await expect(theirs.getByRole("button", { name: `You: ${name}` }).first()).toBeVisible();
  await keepSession(context, person);
  await context.close();
}

setup(
  "the first admin signs in by the link that the console prints, and invites an operator and a viewer",
  async ({ page, browser }) => {
    await signInAsAdmin(page);
    await letIn(page, browser, "operator");
    await letIn(page, browser, "viewer");
    await keepSession(page.context(), "admin");
  },
);
