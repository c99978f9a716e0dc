/** Takes the pictures of the README: `npm run screenshots`. They are of the real page. */

import { mkdir } from 'node:fs/promises';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { chromiumPath, launchChromium } from './chromium.ts';
import { openRoomHouse } from './room-harness.ts';

const DESKTOP = { width: 1040, height: 890 };

const SHOTS: {
  name: string;
  options: BrowserContextOptions;
  set?: (page: Page) => Promise<unknown>;
}[] = [
  { name: 'room', options: { viewport: DESKTOP, colorScheme: 'dark' } },
  {
    name: 'room-troubles',
    options: { viewport: DESKTOP, colorScheme: 'dark', deviceScaleFactor: 1.25 },
    async set(page) {
      await page.getByRole('button', { name: 'What goes wrong' }).click();
      await page.getByRole('radio', { name: /Rate limit/ }).check();
    },
  },
  {
    name: 'quote',
    options: { viewport: DESKTOP, colorScheme: 'dark', deviceScaleFactor: 1.25 },
    async set(page) {
      const { story, reader } = house.scene;
      const line = { line: 'dressed her' };
      await reader('Tomoko').slash(story, 'quote', { line: 'glances down' });
      await reader('Mara').slash(story, 'quote', { ...line, as: 'card' });
      await page.getByRole('img', { name: /dressed her as a bride/ }).waitFor();
    },
  },
];

if (!chromiumPath) throw new Error('There is no Chromium on this machine to take pictures with.');
const house = await openRoomHouse();
const browser = await launchChromium(chromiumPath);
await mkdir('docs', { recursive: true });
await play();
for (const { name, options, set } of SHOTS) {
  const context = await browser.newContext({
    deviceScaleFactor: 1.5,
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  await page.goto(house.url);
  await page.getByRole('button', { name: 'Next', exact: true }).waitFor();
  await set?.(page);
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `docs/${name}.png` });
  await context.close();
}
await browser.close();
await house.close();

/** An evening in the channel: a card, two passages, and what the readers say to them. */
async function play(): Promise<void> {
  const { discord, story, you, reader } = house.scene;
  const card = await you.slash(story, 'read', { story: 'bittersweet-goodbye' });
  if (card.kind !== 'message') throw new Error('The bot did not answer.');
  const first = await you.press(card.message, 'Begin');
  reader('Ben').say(story, 'I was told this one is short. I was not told it starts like that.');
  if (first.kind !== 'message') throw new Error('The first passage was not told.');
  await reader('Tomoko').press(first.message, 'Next');
  // The button leaves the older passage a moment later.
  await discord.waitFor(() => first.message.components.length === 0);
}
