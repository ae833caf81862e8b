// The main journey: first start, account, drop, live states, search, reader, a kill in the middle, a second person.
import AxeBuilder from '@axe-core/playwright';
import { type Browser, type Page, expect, test } from '@playwright/test';
import { makePapers } from './pdf';
import { Server } from './server';

const PASSWORD = 'correct horse battery staple';
const PAPERS = makePapers(20);

let server: Server;
let page: Page;

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const fresh = await context.newPage();
  // Without the browser's own file dialogs the page uses file inputs, which can be driven.
  await fresh.addInitScript(() => {
    Reflect.deleteProperty(window, 'showOpenFilePicker');
    Reflect.deleteProperty(window, 'showDirectoryPicker');
  });
  const problems: string[] = [];
  fresh.on('pageerror', (error) => problems.push(error.message));
  fresh.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) problems.push(message.text());
  });
  Reflect.set(fresh, 'problems', problems);
  return fresh;
}

function problemsOf(of: Page): string[] {
  return Reflect.get(of, 'problems') as string[];
}

async function expectAccessible(of: Page): Promise<void> {
  const found = await new AxeBuilder({ page: of }).analyze();
  const serious = found.violations.filter((violation) => violation.impact === 'serious' || violation.impact === 'critical');
  expect(serious.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

async function signIn(as: Page, login: string): Promise<void> {
  await as.goto(`${server.base}/sign-in`);
  await as.getByLabel(/name or e-?mail|sign-in name/i).first().fill(login);
  await as.getByLabel(/^password/i).first().fill(PASSWORD);
  await as.getByRole('button', { name: /sign in/i }).click();
  await expect(as.getByRole('navigation', { name: /libraries/i })).toBeVisible();
}

async function api(path: string, init?: { method: string; data: unknown }): Promise<unknown> {
  const options = init ? { method: init.method, data: init.data, headers: { origin: server.base } } : {};
  const answer = await page.request.fetch(`${server.base}/api/v1${path}`, options);
  expect(answer.ok(), `${path}: ${answer.status()}`).toBe(true);
  return answer.status() === 204 ? undefined : answer.json();
}

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  server = await Server.start();
  page = await newPage(browser);
});

test.afterAll(async () => {
  await server.end();
});

test('the one-time link leads to the first account', async () => {
  await page.goto(server.setupLink());
  await page.getByLabel('Your name').fill('Ada Muster');
  await page.getByLabel('Sign-in name').fill('ada');
  await page.getByLabel('E-mail').fill('ada@lab.example');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Name of this place').fill('Tide Lab');
  await expectAccessible(page);
  await page.getByRole('button', { name: /save and go on/i }).click();
  await expect(page).toHaveURL(/setup\/papers/);
  expect(await api('/session')).toMatchObject({ user: { username: 'ada' } });
  await page.goto(server.base);
  await expect(page.getByRole('heading', { name: /your library starts here/i })).toBeVisible();
  await expectAccessible(page);
});

test('twenty dropped papers are uploaded, read and named before one’s eyes', async () => {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /choose files/i }).first().click();
  await (await chooser).setFiles(PAPERS);
  await expect(page.getByText(/20\s*of 20 done/)).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole('grid').getByText(PAPERS[0]?.title ?? '')).toBeVisible();
  await expectAccessible(page);
});

test('a kill in the middle loses nothing, and the page goes on by itself', async () => {
  await server.kill();
  await server.launch();
  await page.reload();
  await expect(page.getByRole('grid').getByText(PAPERS[0]?.title ?? '')).toBeVisible();
  await expect(page.getByText('20 papers', { exact: false }).first()).toBeVisible();
});

test('a sentence on page 7 is found by its words and read there, marked', async () => {
  await page.goto(`${server.base}/search?q=${encodeURIComponent('"amber gauge number 13 stood still"')}`);
  const hit = page.getByRole('main').getByText(/amber gauge number 13/).first();
  await expect(hit).toBeVisible();
  await expectAccessible(page);
  await hit.click();
  await expect(page).toHaveURL(/page=7/);
  await expect(page.getByRole('main').getByText(/amber gauge number 13/).first()).toBeAttached();
});

test('another person sees a paper of a shared group appear without reloading', async ({ browser }) => {
  const group = (await api('/libraries', { method: 'POST', data: { name: 'Journal club', kind: 'group' } })) as { id: number };
  await api('/admin/users', {
    method: 'POST',
    data: { username: 'bert', email: 'bert@lab.example', display_name: 'Bert Probe', role: 'member', password: PASSWORD },
  });
  await api(`/libraries/${group.id}/members/bert`, { method: 'PUT', data: { role: 'reader' } });
  const second = await newPage(browser);
  await signIn(second, 'bert');
  await second.goto(`${server.base}/libraries/${group.id}`);
  await expect(second.getByText('Journal club').first()).toBeVisible();
  await page.goto(`${server.base}/libraries/${group.id}`);
  await expect(page.getByText('Journal club').first()).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /choose files/i }).first().click();
  await (await chooser).setFiles(PAPERS.slice(3, 4));
  await expect(second.getByRole('grid').getByText(PAPERS[3]?.title ?? '')).toBeVisible({ timeout: 60_000 });
  expect(problemsOf(second)).toEqual([]);
});

test('no page broke the content security policy or threw', () => {
  expect(problemsOf(page)).toEqual([]);
});
