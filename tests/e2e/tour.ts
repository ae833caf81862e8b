// Every page of the program in its usual states: visited by the checks for accessibility, and photographed on demand.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type APIRequestContext, type Page } from '@playwright/test';
import { makePapers } from './pdf';
import type { Server } from './server';

export const PASSWORD = 'correct horse battery staple';

/** What the stops lead to. */
export interface Place {
  base: string;
  library: number;
  group: number;
  /** An empty collection. */
  collection: string;
  /** A paper that was read. */
  paper: string;
  /** A word that many papers have. */
  word: string;
}

export interface Stop {
  name: string;
  at: (place: Place) => string;
  /** What is done there before it is looked at. */
  act?: (page: Page, place: Place) => Promise<void>;
  signedOut?: boolean;
  /** Only where the window is so wide, or so narrow. */
  only?: 'wide' | 'phone';
}

const mod = 'Control';

const row = (page: Page) => page.getByRole('grid').getByRole('row').nth(1);

export const stops: Stop[] = [
  { name: 'sign-in', at: () => '/sign-in', signedOut: true },
  { name: 'setup-link-used', at: () => '/setup/once', signedOut: true },
  { name: 'first-papers', at: () => '/setup/papers' },
  { name: 'library', at: ({ library }) => `/libraries/${library}`, act: async (page) => void (await row(page).waitFor()) },
  { name: 'library-details', at: ({ library, paper }) => `/libraries/${library}?selected=${paper}`, act: settle },
  {
    name: 'library-selection',
    at: ({ library }) => `/libraries/${library}`,
    only: 'wide',
    act: async (page) => {
      await row(page).click();
      await page.keyboard.press(`${mod}+a`);
      await expect(page.getByText(/papers selected/).first()).toBeVisible();
    },
  },
  { name: 'library-nothing-matches', at: ({ library }) => `/libraries/${library}?q=zzzzz`, act: settle },
  {
    name: 'library-drawer',
    at: ({ library }) => `/libraries/${library}`,
    only: 'phone',
    act: async (page) => {
      await page.getByRole('button', { name: /menu|libraries/i }).first().click();
      await settle(page);
    },
  },
  { name: 'library-empty', at: ({ group }) => `/libraries/${group}`, act: settle },
  { name: 'collection-empty', at: ({ library, collection }) => `/libraries/${library}?collection=${collection}`, act: settle },
  { name: 'trash-empty', at: ({ library }) => `/libraries/${library}?trash=true`, act: settle },
  { name: 'search', at: ({ word }) => `/search?q=${word}`, act: settle },
  { name: 'search-nothing', at: () => '/search?q=zzzzz', act: settle },
  { name: 'search-before', at: () => '/search', act: settle },
  { name: 'reader', at: ({ library, paper }) => `/libraries/${library}/items/${paper}?page=1`, act: pageDrawn },
  {
    name: 'reader-pages',
    at: ({ library, paper }) => `/libraries/${library}/items/${paper}?page=1`,
    act: async (page) => {
      await pageDrawn(page);
      const tab = page.getByRole('radio', { name: 'Pages' });
      if (!(await tab.isVisible())) await page.getByRole('button', { name: 'Outline and pages' }).click();
      await tab.click();
      await settle(page);
    },
  },
  {
    name: 'reader-find',
    at: ({ library, paper, word }) => `/libraries/${library}/items/${paper}?page=1&q=${word}`,
    act: async (page) => {
      await pageDrawn(page);
      await expect(page.locator('[data-place]').first()).toBeAttached();
    },
  },
  {
    name: 'reader-print',
    at: ({ library, paper }) => `/libraries/${library}/items/${paper}?page=1`,
    only: 'wide',
    act: async (page) => {
      await pageDrawn(page);
      await page.getByRole('button', { name: 'Print' }).click();
      await settle(page);
    },
  },
  { name: 'reader-not-here', at: ({ library }) => `/libraries/${library}/items/22222222`, act: settle },
  { name: 'members', at: ({ group }) => `/libraries/${group}/members`, act: settle },
  { name: 'new-group', at: () => '/groups/new', act: settle },
  { name: 'account', at: () => '/account', act: settle },
  { name: 'security', at: () => '/account/security', act: settle },
  { name: 'tokens', at: () => '/account/tokens', act: settle },
  {
    name: 'token-new',
    at: () => '/account/tokens',
    act: async (page) => {
      await page.getByRole('button', { name: /new token|make a token/i }).first().click();
      await settle(page);
    },
  },
  { name: 'people', at: () => '/admin/people', act: settle },
  {
    name: 'people-add',
    at: () => '/admin/people',
    act: async (page) => {
      await page.getByRole('button', { name: /^add /i }).first().click();
      await settle(page);
    },
  },
  { name: 'limits', at: () => '/admin/limits', act: settle },
  { name: 'jobs', at: () => '/admin/jobs', act: settle },
  { name: 'components', at: () => '/components', act: settle },
  {
    name: 'palette',
    at: ({ library }) => `/libraries/${library}`,
    act: async (page, { word }) => {
      await settle(page);
      await page.keyboard.press(`${mod}+k`);
      await page.getByRole('combobox').last().fill(word);
      await settle(page);
    },
  },
  {
    name: 'keys',
    at: ({ library }) => `/libraries/${library}`,
    only: 'wide',
    act: async (page) => {
      await settle(page);
      await page.keyboard.press('?');
      await settle(page);
    },
  },
  { name: 'not-found', at: () => '/nowhere', act: settle },
  {
    name: 'upload-mixed',
    at: () => '/setup/papers',
    act: async (page) => {
      await settle(page);
      await dropMixed(page);
      await settle(page);
    },
  },
];

/** Nothing is asked for any more, and what moves has come to rest; what turns for ever does not count. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
        .map((animation) => animation.finished.catch(() => undefined)),
    ),
  );
}

async function pageDrawn(page: Page): Promise<void> {
  await expect(page.locator('[data-page] canvas').first()).toBeAttached();
  await settle(page);
}

/** Files of several kinds at once: each gets a row that says what came of it. */
async function dropMixed(page: Page): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  const file = (name: string, text: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) });
  await (await chooser).setFiles([
    ...makePapers(2),
    file('empty.pdf', ''),
    file('page.pdf', '<!doctype html><title>Sign in</title>'),
    file('refs.bib', '@article{a, title={A}}'),
    file('broken.pdf', '%PDF-1.5\nnothing of a file\n'),
  ]);
  await expect(page.getByText(/6\s*of 6 done|6 files: /).first()).toBeVisible({ timeout: 60_000 });
}

/** Adds a PDF; answers its paper's key. */
export async function upload(
  request: APIRequestContext,
  base: string,
  library: number,
  { name, buffer }: { name: string; buffer: Buffer },
): Promise<string> {
  const pairs = Object.entries({ filename: name, filetype: 'application/pdf', library: String(library) });
  const answer = await request.fetch(`${base}/api/v1/uploads`, {
    method: 'POST',
    data: buffer,
    headers: {
      origin: base,
      'Tus-Resumable': '1.0.0',
      'Upload-Length': String(buffer.length),
      'Content-Type': 'application/offset+octet-stream',
      'Upload-Metadata': pairs.map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(','),
    },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return answer.headers()['scrollkeeper-item'] ?? '';
}

export async function untilRead(request: APIRequestContext, base: string, library: number, item: string): Promise<void> {
  const path = `${base}/api/v1/libraries/${library}/items/${item}`;
  await expect
    .poll(async () => ((await (await request.get(path)).json()) as { file?: object }).file, { timeout: 60_000 })
    .toMatchObject({ state: 'read' });
}

/** An account, papers, an empty group, an empty collection. `papers` is a folder of PDFs; without it they are made. */
export async function furnish(server: Server, request: APIRequestContext, papers?: string): Promise<Place> {
  const { base } = server;
  const call = async (method: string, path: string, data?: unknown): Promise<Record<string, unknown>> => {
    const answer = await request.fetch(`${base}/api/v1${path}`, { method, data, headers: { origin: base } });
    expect(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
    return answer.status() === 204 ? {} : ((await answer.json()) as Record<string, unknown>);
  };
  const token = server.setupLink().split('/').at(-1);
  await call('POST', '/setup', {
    token,
    display_name: 'Ada Muster',
    username: 'ada',
    email: 'ada@lab.example',
    password: PASSWORD,
    server_name: 'Tide Lab',
  });
  await call('POST', '/session', { login: 'ada', password: PASSWORD });
  const libraries = (await call('GET', '/libraries')).items as { id: number }[];
  const library = libraries[0]?.id ?? 0;
  await call('POST', '/admin/users', {
    username: 'bert',
    email: 'bert@lab.example',
    display_name: 'Bert Probe',
    role: 'member',
    password: PASSWORD,
  });
  const group = (await call('POST', '/libraries', { name: 'Journal club', kind: 'group' })).id as number;
  await call('PUT', `/libraries/${group}/members/bert`, { role: 'editor' });
  const collection = (await call('POST', `/libraries/${library}/collections`, { name: 'Set aside' })).key as string;
  const files =
    papers === undefined
      ? makePapers(6)
      : readdirSync(papers)
          .filter((name) => name.endsWith('.pdf'))
          .map((name) => ({ name, buffer: readFileSync(join(papers, name)) }));
  let paper = '';
  for (const file of files) {
    const item = await upload(request, base, library, file);
    paper ||= item;
  }
  await expect
    .poll(async () => ((await call('GET', '/jobs?limit=1')).counts as Record<string, number>), { timeout: 120_000 })
    .toMatchObject({ queued: 0, running: 0 });
  await untilRead(request, base, library, paper);
  return { base, library, group, collection, paper, word: papers === undefined ? 'patient' : 'method' };
}
