import { describe, expect, test } from 'vitest';
import {
  begin,
  button,
  choice,
  composer,
  footer,
  said,
  send,
  texts,
  useChromium,
  whyNot,
} from './room-page.ts';

const { house, tab } = useChromium();

describe.skipIf(whyNot)(`reading on the page${whyNot}`, { timeout: 60_000 }, () => {
  test('tells the story from its first word to its last, by clicks alone', async () => {
    const page = await tab(await house());
    await begin(page);
    for (let number = 2; number <= texts.length; number += 1) {
      await button(page, 'Next').last().click();
      await footer(page, number).waitFor();
    }
    await button(page, 'Next').last().click();
    await said(page, 'And that is where the story ends.').waitFor();
    const shown = (await page.locator('.text').allTextContents()).join('\n');
    let from = 0;
    for (const passage of texts) {
      // A line break is an element there.
      const text = passage.replaceAll('\n', '');
      const at = shown.indexOf(text, from);
      expect(at, text).toBeGreaterThan(-1);
      from = at + text.length;
      expect(shown.indexOf(text, from)).toBe(-1);
    }
  });

  test('turns one page when two readers press at once, and tells only the late one so', async () => {
    const room = await house();
    const [you, ben] = [await tab(room), await tab(room, 'Ben')];
    await begin(you);
    room.scene.discord.fail({ on: 'callback', how: { delay: 500, before: true } });
    await Promise.all([you, ben].map((page) => button(page, 'Next').click()));
    for (const page of [you, ben]) await footer(page, 2).waitFor();
    await expect
      .poll(async () => {
        const counts = [you, ben].map((page) => page.locator('.message.private').count());
        return (await Promise.all(counts)).toSorted();
      })
      .toEqual([0, 1]);
    expect(await footer(you, 3).count()).toBe(0);
    expect(await footer(ben, 2).count()).toBe(1);
  });

  test('turns a page once everybody is ready, and shows everybody how many are', async () => {
    const room = await house();
    const [you, ben] = [await tab(room), await tab(room, 'Ben')];
    await begin(you);
    await composer(you).fill('/pace t');
    await choice(you, /pace together/).click();
    await you.getByRole('combobox', { name: /^readers:/ }).fill('2');
    await button(you, 'Send').click();
    for (const page of [you, ben]) await button(page, 'Ready · 0 of 2').waitFor();
    await button(ben, 'Ready · 0 of 2').click();
    await button(you, 'Ready · 1 of 2').click();
    for (const page of [you, ben]) await footer(page, 2).waitFor();
    await composer(you).fill('/pace off');
    await composer(you).press('Enter');
    await composer(you).press('Enter');
    await button(ben, 'Next').waitFor();
  });

  test('shows a private answer to its reader alone, until that one puts it away', async () => {
    const room = await house();
    const [you, ben] = [await tab(room), await tab(room, 'Ben')];
    await send(ben, '/library');
    await said(ben, 'Only you can see this').waitFor();
    await send(ben, 'I have seen the list.');
    await said(you, 'I have seen the list.').waitFor();
    expect(await said(you, 'There is 1 story').count()).toBe(0);
    await ben.reload();
    await said(ben, 'Only you can see this').waitFor();
    await button(ben, 'Dismiss message').click();
    await ben.reload();
    await said(ben, 'I have seen the list.').waitFor();
    expect(await said(ben, 'Only you can see this').count()).toBe(0);
  });

  test('is as it was after a reload, and its buttons work after the bot was restarted', async () => {
    const page = await tab(await house());
    await begin(page);
    await page.reload();
    await footer(page, 1).waitFor();
    await button(page, 'What goes wrong').click();
    await button(page, 'Restart the bot').click();
    await page.getByText('Restarted at').waitFor();
    await button(page, 'Next').click();
    await footer(page, 2).waitFor();
  });

  test('lets answers fail, and no passage is lost by it', async () => {
    const page = await tab(await house());
    await begin(page);
    await button(page, 'What goes wrong').click();
    await page.getByRole('radio', { name: /Missing permission/ }).check();
    await page.getByText('Next: missing permission').waitFor();
    await button(page, 'Next').click();
    await page.locator('.message.private').waitFor();
    await page.getByText('Next: missing permission').waitFor({ state: 'detached' });
    await page.getByRole('radio', { name: /Lost reply/ }).check();
    await button(page, 'Next').click();
    await footer(page, 2).waitFor();
    await button(page, 'Next').last().click();
    await footer(page, 3).waitFor();
    expect(await footer(page, 2).count()).toBe(1);
  });

  test('has channels, a thread and a DM, each with a reading of its own', async () => {
    const room = await house();
    const [you, ben] = [await tab(room), await tab(room, 'Ben')];
    await begin(you);
    await button(ben, 'Lamplight').click();
    await ben.getByText('Welcome to @Lamplight').waitFor();
    await begin(ben);
    await button(ben, 'night owls').click();
    await send(ben, 'Anyone awake?');
    await you.getByRole('button', { name: /night owls unread/ }).click();
    await said(you, 'Anyone awake?').waitFor();
    expect(await footer(you, 1).count()).toBe(0);
    await you.getByLabel('You are').selectOption('Tomoko');
    await button(you, 'Lamplight').click();
    await you.getByText('Welcome to @Lamplight').waitFor();
    expect(await footer(you, 1).count()).toBe(0);
  });

  test('jumps to what a link or a reply means', async () => {
    const page = await tab(await house());
    await begin(page);
    for (let number = 2; number <= 6; number += 1) {
      await button(page, 'Next').last().click();
      await footer(page, number).waitFor();
    }
    await page.getByRole('link', { name: /^Answer to Lamplight: Bittersweet Goodbye/ }).click();
    await expect.poll(() => page.locator('.message:focus').textContent()).toMatch(/25 passages/);
    await send(page, '/where');
    await page.getByRole('link', { name: 'the newest message' }).click();
    await expect.poll(() => page.locator('.message:focus').textContent()).toMatch(/6 of 25/);
  });
});
