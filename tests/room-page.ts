import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { passagesOf } from './book.ts';
import { chromiumPath, launchChromium } from './chromium.ts';
import { openRoomHouse, type RoomHouse, type RoomHouseOptions } from './room-harness.ts';
import { shippedLibrary } from './stories.ts';

const { stories } = await shippedLibrary();
/** The passages of the shipped story. */
export const texts = stories
  .filter(({ slug }) => slug === 'bittersweet-goodbye')
  .flatMap(passagesOf)
  .map(({ text }) => text);

/** Why the tests of the page can't run here; empty when they can. */
export const whyNot = chromiumPath ? '' : ' (skipped: there is no Chromium on this machine)';

/** One browser for the tests of a file. */
export function useChromium() {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (chromiumPath) browser = await launchChromium(chromiumPath);
  });
  afterAll(async () => {
    await browser?.close();
  });
  return {
    async house(options?: RoomHouseOptions): Promise<RoomHouse> {
      const opened = await openRoomHouse(options);
      onTestFinished(() => opened.close());
      return opened;
    },

    /** A tab of its own browser profile; an error on the page fails the test. */
    async tab(
      { url }: RoomHouse,
      reader = 'You',
      options: BrowserContextOptions = {},
    ): Promise<Page> {
      if (!browser) throw new Error('The browser is gone.');
      const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      page.on('console', (line) => line.type() === 'error' && errors.push(line.text()));
      onTestFinished(async () => {
        await context.close();
        expect(errors).toEqual([]);
      });
      page.setDefaultTimeout(5000);
      await page.goto(`${url}/?as=${reader}`);
      await page.locator('#channels button').first().waitFor({ state: 'attached' });
      return page;
    },
  };
}

/** What stands in the channel. */
export const said = (page: Page, text: string) => page.locator('#messages').getByText(text);
export const choice = (page: Page, name: RegExp = /./) =>
  page.locator('#suggestions').getByRole('option', { name });
export const composer = (page: Page) => page.locator('input.say');
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

export async function send(page: Page, command: string): Promise<void> {
  await composer(page).fill(command);
  await composer(page).press('Enter');
  if (command.startsWith('/')) await composer(page).press('Enter');
}

/** The last line of a passage, by the passage's number. */
export const footer = (page: Page, number: number) =>
  page.getByText(new RegExp(`^Bittersweet Goodbye · ${number} of ${texts.length}\\b`));

/** Begins the story and tells its first passage. */
export async function begin(page: Page): Promise<void> {
  await button(page, 'Choose a story').click();
  await choice(page, /Bittersweet Goodbye/).click();
  await button(page, 'Send').click();
  await button(page, 'Begin').click();
  await footer(page, 1).waitFor();
}
