// Every page in both schemes and at both widths: nothing serious for those who hear or magnify it, nothing on the
// console. With SK_TOUR=1 all four pairs are visited, and each page is photographed into output/tour.
import AxeBuilder from '@axe-core/playwright';
import { type Page, expect, test } from '@playwright/test';
import { Server } from './server';
import { furnish, PASSWORD, type Place, settle, stops } from './tour';

const isTour = process.env.SK_TOUR === '1';
const only = process.env.SK_TOUR_ONLY?.split(',');
const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const all = [
  { name: 'wide-light', size: wide, scheme: 'light', isChecked: true },
  { name: 'phone-dark', size: phone, scheme: 'dark', isChecked: true },
  { name: 'wide-dark', size: wide, scheme: 'dark', isChecked: false },
  { name: 'phone-light', size: phone, scheme: 'light', isChecked: false },
] as const;

let server: Server;
let place: Place;

test.beforeAll(async ({ playwright }) => {
  test.setTimeout(300_000);
  server = await Server.start();
  const request = await playwright.request.newContext();
  place = await furnish(server, request, process.env.SK_TOUR_PAPERS);
  await request.dispose();
});

test.afterAll(async () => {
  await server.end();
});

for (const look of all.filter(({ isChecked }) => isChecked || isTour)) {
  test(`every page can be used by everybody: ${look.name}`, async ({ browser }) => {
    test.setTimeout(400_000);
    const isPhone = look.size === phone;
    const context = await browser.newContext({ viewport: look.size, colorScheme: look.scheme, hasTouch: isPhone });
    const problems: string[] = [];
    const open = async (): Promise<Page> => {
      const page = await context.newPage();
      await page.addInitScript(() => {
        Reflect.deleteProperty(window, 'showOpenFilePicker');
        Reflect.deleteProperty(window, 'showDirectoryPicker');
      });
      page.on('pageerror', (error) => problems.push(error.message));
      return page;
    };
    let signedIn = false;
    for (const stop of stops) {
      if (stop.only !== undefined && stop.only !== (isPhone ? 'phone' : 'wide')) continue;
      if (only !== undefined && !only.includes(stop.name)) continue;
      await test.step(stop.name, async () => {
        if (stop.signedOut !== true && !signedIn) {
          const data = { login: 'ada', password: PASSWORD };
          await context.request.post(`${place.base}/api/v1/session`, { data, headers: { origin: place.base } });
          signedIn = true;
        }
        const page = await open();
        await page.goto(place.base + stop.at(place));
        await (stop.act ?? settle)(page, place);
        if (look.isChecked) problems.push(...(await seriousOf(page)).map((problem) => `${stop.name}: ${problem}`));
        if (isTour) await page.screenshot({ path: `output/tour/${stop.name}-${look.name}.png` });
        await page.close();
      });
    }
    await context.close();
    expect(problems).toEqual([]);
  });
}

async function seriousOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' ')}`);
}
