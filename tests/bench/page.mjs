// Opens the library in a real browser, then papers by double click; prints what was loaded and how long each took.
//   node page.mjs PACKAGES BASE LOGIN PASSWORD CHROMIUM
import { createRequire } from 'node:module';

const [packages, base, login, password, chromium] = process.argv.slice(2);
const playwright = createRequire(`${packages}/`)('playwright-core');
const browser = await playwright.chromium.launch({
  executablePath: chromium,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
setTimeout(() => process.exit(3), 150_000).unref();
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
const page = await context.newPage();
const signed = await page.request.post(`${base}/api/v1/session`, { data: { login, password }, headers: { origin: base } });
if (!signed.ok()) throw new Error(`signing in: ${signed.status()} ${await signed.text()}`);

const loaded = [];
page.on('request', (request) => {
  if (new URL(request.url()).pathname.endsWith('js')) loaded.push(request.url());
});
await page.goto(base);
await page.locator('[role=grid] [role=row]').nth(2).waitFor();
const library = loaded.splice(0);
await page.waitForLoadState('networkidle').catch(() => undefined);
loaded.splice(0);

const rows = await page.locator('[role=grid] [role=row][aria-selected]').count();
const opened = [];
for (let nth = 0; nth < Math.min(rows, 10); nth += 1) {
  const row = page.locator('[role=grid] [role=row][aria-selected]').nth(nth);
  await row.waitFor();
  await page.waitForTimeout(500);
  await page.evaluate(() => {
    const seen = { picture: null, text: null };
    window.seenByBench = seen;
    addEventListener('dblclick', () => {
      const began = performance.now();
      const look = () => {
        const first = document.querySelector('[data-page]');
        const image = first?.querySelector('img');
        const drawn = first?.querySelector('canvas') ?? (image?.complete && image.naturalWidth > 0 ? image : null);
        if (drawn && seen.picture === null) seen.picture = performance.now() - began;
        if (first?.querySelector('[data-word]') && seen.text === null) seen.text = performance.now() - began;
        if ((seen.picture === null || seen.text === null) && performance.now() - began < 10_000) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }, { capture: true, once: true });
  });
  await row.dblclick();
  await page.waitForFunction(() => window.seenByBench.picture !== null && window.seenByBench.text !== null, undefined, { timeout: 12_000 });
  opened.push(await page.evaluate(() => window.seenByBench));
  if (nth === 0) {
    await page.locator('[data-page] canvas').first().waitFor();
    await page.waitForTimeout(500);
  }
  await page.goBack();
}
console.log(JSON.stringify({ library, reader: [...new Set(loaded)], opened }));
await browser.close();
process.exit(0);
