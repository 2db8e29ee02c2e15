import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { setProofs } from "./own-state";
import { takePicture } from "./pages";
import { PEOPLE, type PersonName } from "./people";

/** Each test signs in by itself: what it does to its session must not reach the sessions of the suite. */
test.use({ as: null });

async function fillIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function signIn(page: Page, person: PersonName, path = "/sign-in"): Promise<void> {
  await page.goto(path);
  await fillIn(page, PEOPLE[person].name, PEOPLE[person].password);
  await expect(you(page, PEOPLE[person].name)).toBeVisible();
}

const you = (page: Page, name: string) => page.getByRole("button", { name: `You: ${name}` }).first();

/** A browser of its own, signed in. */
async function another(browser: Browser, person: PersonName): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, person);
  return page;
}

/** Somebody for one test only, made by an admin. */
async function newPerson(
  browser: Browser,
  role: "viewer" | "operator",
): Promise<{ admin: Page; name: string; page: Page }> {
  const admin = await another(browser, "admin");
  const name = `${role}-${Date.now().toString(36)}`;
  await admin.goto("/people");
  await admin.getByRole("button", { name: "Invite…" }).click();
  await admin.getByLabel("Name").fill(name);
  await admin.getByLabel("Role 1", { exact: true }).selectOption(role);
  await admin.getByRole("button", { name: "Make the link" }).click();
  const link = (await admin.getByLabel("The link").textContent()) ?? "";
  await admin.getByRole("button", { name: "Done" }).click();
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  await page.getByLabel("New password").fill(PEOPLE.viewer.password);
  await page.getByLabel("The same once more").fill(PEOPLE.viewer.password);
  await page.getByRole("button", { name: "Set the password and sign in" }).click();
  await expect(you(page, name)).toBeVisible();
  return { admin, name, page };
}

test("whoever is not signed in is sent to sign in, and then comes to the address they wanted", async ({
  page,
  cluster,
}) => {
  await page.goto(`${cluster.path("tables")}?table=public.events`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await fillIn(page, PEOPLE.viewer.name, PEOPLE.viewer.password);
  await expect(page).toHaveURL(/\/clusters\/e2e\/tables\?table=public\.events$/);
});

test("T19: an address elsewhere is not gone to after signing in", async ({ page, baseURL }) => {
  for (const next of ["https://evil.example/", "//evil.example", "/\\evil.example"]) {
    await page.context().clearCookies();
    await signIn(page, "viewer", `/sign-in?next=${encodeURIComponent(next)}`);
    expect(new URL(page.url()).origin).toBe(baseURL);
  }
});

test("without a session there is no data: not on a page, not from a read, not in the event stream", async ({
  request,
  cluster,
}) => {
  for (const path of ["/api/clusters/e2e/live/nodes", "/api/clusters/e2e/events"])
    expect((await request.get(path, { maxRedirects: 0 })).status(), path).toBe(401);
  const page = await request.get(cluster.path("nodes"), { maxRedirects: 0 });
  expect(page.status()).toBe(307);
  expect(await page.text()).not.toContain("127.0.0.1");
});

test("a wrong password and an unknown name are refused in the same words, and the form stays", async ({ page }) => {
  await page.goto("/sign-in");
  const words: (string | null)[] = [];
  for (const name of [PEOPLE.viewer.name, "nobody-of-that-name"]) {
    await fillIn(page, name, "not the password");
    const alert = page.getByRole("alert").filter({ hasText: "You are not signed in" });
    await expect(alert).toBeVisible();
    words.push(await alert.locator("p").nth(1).textContent());
    await expect(page.getByLabel("Name")).toHaveValue(name);
  }
  expect(words[0]).toBe(words[1]);
});

test("a link is good once: opened again it says so and lets nobody in", async ({ page }) => {
  test.skip(
    !process.env.E2E_FIRST_ADMIN_LINK,
    "this console was started by somebody else: its first link is not known",
  );
  await page.goto(process.env.E2E_FIRST_ADMIN_LINK ?? "");
  await expect(page.getByText("This link was used already; it is good once.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Become admin" })).toHaveCount(0);
  expect(page.url()).not.toContain("#");
});

test("a viewer looks at everything and finds every deed off, with the reason", async ({ page, cluster }) => {
  await signIn(page, "viewer");
  await page.goto(cluster.path("nodes"));
  const add = page.getByRole("button", { name: "Add node…" });
  await expect(add).toHaveAttribute("aria-disabled", "true");
  await expect(add).toHaveAccessibleDescription(/Your role is viewer/);
  await you(page, PEOPLE.viewer.name).click();
  await expect(page.getByRole("menuitem", { name: "Your account" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "People" })).toHaveCount(0);
  await page.goto("/people");
  await expect(page.getByText("You may not look at the people of this console.")).toBeVisible();
});

test("T14: a session id that was in the browser before signing in is not the one afterwards", async ({
  page,
  context,
}) => {
  await signIn(page, "viewer");
  const before = (await context.cookies()).find(({ httpOnly }) => httpOnly);
  await signIn(page, "operator");
  const after = (await context.cookies()).find(({ httpOnly }) => httpOnly);
  expect(after?.name).toBe(before?.name);
  expect(after?.value).not.toBe(before?.value);
  expect(after).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/", expires: -1 });
  await context.addCookies(before ? [before] : []);
  await page.goto("/account");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("signing out ends the session and clears the browser; the cookie that was copied is worth nothing", async ({
  page,
  context,
  cluster,
}) => {
  await signIn(page, "viewer");
  const copied = await context.cookies();
  const cleared = page.waitForResponse((response) => response.url().endsWith("/signed-out"));
  await you(page, PEOPLE.viewer.name).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  expect((await (await cleared).allHeaders())["clear-site-data"]).toContain('"storage"');
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto(cluster.path("overview"));
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await context.addCookies(copied);
  await page.goto(cluster.path("overview"));
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});

test("a session that is ended elsewhere says so where it is open, and signing in again loses nothing of the page", async ({
  page,
  browser,
  cluster,
}) => {
  const { name, page: first } = await newPerson(browser, "viewer");
  await first.goto(`${cluster.path("tables")}?q=ev`);
  await expect(you(first, name)).toBeVisible();
  await page.goto("/sign-in");
  await fillIn(page, name, PEOPLE.viewer.password);
  await expect(you(page, name)).toBeVisible();
  await page.goto("/account");
  await expect(page.getByRole("table", { name: "Your sessions" }).getByRole("row")).toHaveCount(3);
  await page.getByRole("button", { name: "End all others" }).click();
  const dialog = first.getByRole("dialog", { name: "You are signed out" });
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText("You ended it in another session.");
  await dialog.getByLabel(`Password of ${name}`).fill(PEOPLE.viewer.password);
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(first).toHaveURL(/\/tables\?q=ev$/);
  await expect(first.getByRole("banner").getByText(/^Live/)).toBeVisible();
});

test("whoever proves who they are keeps the page they are on, and what they asked for is done", async ({ browser }) => {
  const { admin, name, page } = await newPerson(browser, "viewer");
  await admin.reload();
  setProofs(10 * 60_000);
  await admin.getByRole("button", { name: `Actions for ${name}` }).click();
  await admin.getByRole("menuitem", { name: "End all sessions" }).click();
  const question = admin.getByRole("dialog", { name: "Is it still you?" });
  await question.getByLabel("Password").fill("not the password of ada");
  await question.getByRole("button", { name: "Go on" }).click();
  await expect(question.getByRole("alert")).toBeVisible();
  await question.getByLabel("Password").fill(PEOPLE.admin.password);
  await question.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("dialog", { name: "You are signed out" })).toBeVisible();
  await expect(question).toBeHidden();
  await expect(admin).toHaveURL(/\/people$/);
  await expect(admin.getByRole("button", { name: `Actions for ${name}` })).toBeVisible();
});

test("T14: a demoted person's open tab gets nothing more, and its event stream ends within two seconds", async ({
  browser,
  baseURL,
  cluster,
}) => {
  const { admin, name, page } = await newPerson(browser, "operator");
  await page.goto(cluster.path("nodes"));
  await expect(page.getByRole("table", { name: "Nodes of the cluster" })).toBeVisible();
  // A stream of its own, timed where its bytes end.
  const ended = page.evaluate(async () => {
    const answer = await fetch("/api/clusters/e2e/events");
    const reader = answer.body?.getReader();
    while (reader && !(await reader.read()).done);
    return Date.now();
  });
  await admin.goto("/people");
  await admin.getByRole("button", { name: `Actions for ${name}` }).click();
  await admin.getByRole("menuitem", { name: "Roles…" }).click();
  await admin.getByRole("dialog").getByLabel("Role 1", { exact: true }).selectOption("viewer");
  const changed = admin.waitForResponse((response) => response.request().method() === "POST");
  await admin.getByRole("button", { name: "Change the roles" }).click();
  await changed;
  const changedAt = Date.now();
  const next = await page.context().request.get(`${baseURL}/api/clusters/e2e/live/nodes`);
  expect(next.status()).toBe(401);
  expect((await ended) - changedAt).toBeLessThan(2_000);
  await expect(page.getByRole("dialog", { name: "You are signed out" })).toContainText("An admin changed your roles.");
});

for (const theme of ["light", "dark"])
  test(`in the ${theme} theme axe finds nothing on the pages of sign-in, account and people`, async ({
    page,
    context,
    baseURL,
  }) => {
    // Six looks of axe, which takes its time on a busy machine.
    test.slow();
    await context.addCookies([{ name: "shardboard-theme", value: theme, url: baseURL ?? "" }]);
    const look = async (what: string) => {
      await takePicture(page, `${what}-${theme}`);
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
        .analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
        what,
      ).toEqual([]);
    };
    await page.goto("/link");
    await look("link");
    await page.goto("/sign-in");
    await look("sign-in");
    await signIn(page, "admin");
    await page.goto("/account");
    await look("account");
    await page.goto("/people");
    await look("people");
    await page.getByRole("button", { name: "Invite…" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await look("invite");
  });
