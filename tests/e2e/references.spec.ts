// What a paper cites: the list beside its details, the card over a citation, the way to the entry and back; what was read
// beside what was typed; a preprint and what was published.
import AxeBuilder from '@axe-core/playwright';
import { type Page, expect, test } from '@playwright/test';
import { makePdf } from './pdf';
import { Server } from './server';
import { furnish, PASSWORD, settle, untilRead, upload } from './tour';

const TITLE = 'Tidal Memory in Coastal Sediments';

let server: Server;
let page: Page;
let library: number;
let paper: string;

const lines = (count: number) => Array.from({ length: count }, (_, n) => `Line ${n + 1} tells of careful and patient work on the coast.`);

function citingPdf(): Buffer {
  return makePdf([
    {
      title: TITLE,
      lines: [
        'Maria Keller and Jonas Brandt',
        '',
        'Abstract',
        'We measure how sediments keep the memory of tides over many years and show that it fades.',
        '',
        '1 Introduction',
        'Earlier work [1] counted the layers by hand, and later work [2] with a scanner.',
        ...lines(20),
      ],
    },
    { lines: ['2 Results', ...lines(30)] },
    {
      lines: [
        'References',
        '[1] A. Moreno. Counting layers by hand. Journal of Examples, 12(3):45-67, 2011.',
        '[2] B. Okafor and C. Lind. Scanning layers. Journal of Examples, 15(1):1-9, 2014.',
      ],
    },
  ]);
}

async function call(method: string, path: string, data?: unknown): Promise<Record<string, unknown>> {
  const headers = { origin: server.base, 'If-Match': '*' };
  const answer = await page.request.fetch(`${server.base}/api/v1/libraries/${library}/items${path}`, { method, data, headers });
  expect(answer.ok(), `${method} ${path}: ${answer.status()}`).toBe(true);
  return (await answer.json()) as Record<string, unknown>;
}

const add = (title: string, date: string, family: string, item_type: string) =>
  call('POST', '', { item_type, fields: { title, date }, creators: [{ given: 'A.', family }] });

async function expectAccessible(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

/** The middle of some printed words on the page. */
async function placeOf(words: string): Promise<{ x: number; y: number }> {
  const span = page.locator('[data-word]', { hasText: words }).first();
  const box = await span.boundingBox();
  if (box === null) throw new Error(`${words} is not on the page`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  server = await Server.start();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  ({ library } = await furnish(server, context.request));
  await context.request.post(`${server.base}/api/v1/session`, {
    data: { login: 'ada', password: PASSWORD },
    headers: { origin: server.base },
  });
  paper = await upload(context.request, server.base, library, { name: 'tides.pdf', buffer: citingPdf() });
  await untilRead(context.request, server.base, library, paper);
});

test.afterAll(async () => {
  await server.end();
});

test('the details list what the paper cites, and link what is here', async () => {
  await add('Counting Layers by Hand', '2011', 'Moreno', 'journalArticle');
  await page.goto(`${server.base}/libraries/${library}?selected=${paper}`);
  await page.getByRole('tab', { name: /References\s*2/ }).click();
  await expect(page.getByText('2 works cited, 1 in your libraries')).toBeVisible();
  const entry = page.getByRole('listitem').filter({ hasText: 'Counting layers by hand' });
  await expect(entry.getByRole('link', { name: 'In your library' })).toBeVisible();
  await entry.getByRole('button', { name: 'Reference 1 as printed' }).click();
  await expect(entry.getByText('[1] A. Moreno', { exact: false }).or(entry.getByText('45-67')).first()).toBeVisible();
  await expectAccessible();
});

test('a citation shows its work, and a click leads to the entry and back', async () => {
  await page.goto(`${server.base}/libraries/${library}/items/${paper}?page=1`);
  await expect(page.locator('[data-word]').first()).toBeAttached();
  await settle(page);
  const place = await placeOf('[1]');
  await page.mouse.move(place.x, place.y);
  const card = page.getByRole('dialog', { name: 'Reference 1' });
  await expect(card.getByText('Counting layers by hand')).toBeVisible();
  await expect(card.getByRole('link', { name: 'Open' })).toBeVisible();
  await expectAccessible();
  await page.mouse.move(place.x, place.y + 300);
  await expect(card).toBeHidden();
  const again = await placeOf('[1]');
  await page.mouse.click(again.x, again.y);
  await expect(page).toHaveURL(/page=3/);
  await expect(page.locator('[data-page="3"]').getByText('Moreno').first()).toBeInViewport();
  await page.goBack();
  await expect(page).toHaveURL(/page=1/);
  await expect(page.locator('[data-page="1"]').getByText('Earlier').first()).toBeInViewport();
});

test('citations are no hindrance to selecting, and can be reached by keyboard', async () => {
  await page.goto(`${server.base}/libraries/${library}/items/${paper}?page=1`);
  await expect(page.locator('[data-word]').first()).toBeAttached();
  await settle(page);
  const [from, to] = [await placeOf('[1]'), await placeOf('counted')];
  await page.mouse.move(from.x - 4, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
  expect(await page.evaluate(() => document.getSelection()?.toString())).toMatch(/1\] coun/);
  await expect(page).toHaveURL(/page=1/);
  const spot = page.getByRole('link', { name: 'Reference 2', exact: true });
  await spot.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('dialog', { name: 'Reference 2' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/page=3/);
});

test('what somebody typed stays until they choose what was read', async () => {
  await call('PATCH', `/${paper}`, { fields: { title: 'Tides, as I call it' } });
  await page.goto(`${server.base}/libraries/${library}?selected=${paper}`);
  await page.getByRole('tab', { name: 'Details' }).click();
  await page.getByRole('button', { name: 'Compare' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare with the PDF' });
  await dialog.getByRole('radiogroup', { name: 'Title' }).getByRole('radio').nth(1).check();
  await expectAccessible();
  await dialog.getByRole('button', { name: 'Save 1 value' }).click();
  await expect(page.getByRole('complementary', { name: 'Details' }).getByText(TITLE).first()).toBeVisible();
});

test('a preprint is offered to be linked with what was published', async () => {
  await add('A Long Look at Patient Measurements', '2020', 'Muster', 'preprint');
  const { key } = await add('A long look at patient measurements', '2022', 'Muster', 'journalArticle');
  await page.goto(`${server.base}/libraries/${library}?selected=${key as string}`);
  const section = page.getByRole('region', { name: 'Versions and supplements' });
  await expect(section.getByText(/looks like the preprint/)).toBeVisible();
  await expectAccessible();
  await section.getByRole('button', { name: 'Link as versions' }).click();
  await expect(section.getByRole('button', { name: 'Unlink' })).toBeVisible();
});
