import { expect, test } from "./fixtures";

test.use({ as: null });

const provider = process.env.E2E_PROVIDER;

test.beforeEach(() => {
  test.skip(!provider, "this console was started without a provider");
});

/** The provider's own two pages: who is it, and may the console know. */
async function atProvider(page: import("@playwright/test").Page, name: string): Promise<void> {
  await page.locator('input[name="login"]').fill(name);
  await page.locator('input[name="password"]').fill("any");
  await page.getByRole("button", { name: /sign-in/i }).click();
  await page.getByRole("button", { name: /continue/i }).click();
}

test("somebody signs in by the provider, comes back to where they wanted to go, and has the role of their group", async ({
  page,
  cluster,
}) => {
  await page.goto(cluster.path("nodes"));
  await page.getByRole("link", { name: /^Sign in with/ }).click();
  await atProvider(page, "dora");
  await expect(page).toHaveURL(new RegExp(`${cluster.path("nodes")}$`));
  await expect(page.getByRole("main").getByRole("table")).toBeVisible();
  await expect(page.getByText("dora")).toBeVisible();
  const { cookies } = await page.context().storageState();
  const session = cookies.find(({ name }) => name.startsWith("shardboard-") && !name.includes("provider"));
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Strict" });
  expect(cookies.some(({ name }) => name === "shardboard-provider")).toBe(false);
});

test("somebody whom no rule names is sent back with the reason, and is not signed in", async ({ page, cluster }) => {
  await page.goto(cluster.path("nodes"));
  await page.getByRole("link", { name: /^Sign in with/ }).click();
  await atProvider(page, "stranger");
  await expect(page.getByText("You are not signed in")).toBeVisible();
  await page.goto(cluster.path("nodes"));
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("an answer that this browser did not ask for signs nobody in", async ({ page, cluster }) => {
  await page.goto("/sign-in/provider/callback?code=stolen&state=made-up");
  await expect(page.getByText("You are not signed in")).toBeVisible();
  await page.goto(cluster.path("nodes"));
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});
