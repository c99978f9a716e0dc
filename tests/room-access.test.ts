import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, test } from 'vitest';
import {
  begin,
  button,
  choice,
  composer,
  footer,
  said,
  send,
  useChromium,
  whyNot,
} from './room-page.ts';

const { house, tab } = useChromium();

describe.skipIf(whyNot)(`the page by keyboard and by ear${whyNot}`, { timeout: 60_000 }, () => {
  test('offers what the bot offers, and checks what is typed', async () => {
    const page = await tab(await house());
    await composer(page).fill('/re');
    expect(await choice(page).allTextContents()).toEqual([expect.stringMatching(/^\/read/)]);
    await composer(page).press('Tab');
    const field = page.getByRole('combobox', { name: 'story: Which story to read' });
    await choice(page, /Bittersweet/).waitFor();
    await field.press('Escape');
    await field.press('Enter');
    await expect
      .poll(() => page.locator('#notice').textContent())
      .toBe('Say which story: it is required.');
    await field.fill('xyz');
    await choice(page).first().waitFor({ state: 'detached' });
    await field.fill('goodb');
    await choice(page, /Bittersweet/).waitFor();
    await field.press('Enter');
    const from = page.getByRole('combobox', { name: /^from/ });
    for (const [typed, sentence] of [
      ['two', 'from takes a whole number.'],
      ['2.5', 'from takes a whole number.'],
      ['0', 'from must be 1 or more.'],
    ] as const) {
      await from.fill(typed);
      await from.press('Enter');
      await expect.poll(() => page.locator('#notice').textContent()).toBe(sentence);
    }
    await from.fill('3');
    await from.press('Enter');
    await button(page, 'Next').click();
    await footer(page, 3).waitFor();
    await composer(page).fill('/read story:"bittersweet-goodbye" from:7');
    await from.press('Enter');
    await said(page, 'beginning at passage 7').waitFor();
    await send(page, '/nonsense');
    await expect
      .poll(() => page.locator('#notice').textContent())
      .toBe('There is no command /nonsense.');
  });

  test('can be used by keyboard alone, and says aloud what comes', async () => {
    const page = await tab(await house());
    await page.keyboard.press('Tab');
    for (let presses = 0; presses < 20; presses += 1) {
      if (await composer(page).evaluate((input) => input.matches(':focus'))) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type('/read');
    await page.keyboard.press('Enter');
    await choice(page, /Bittersweet/).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await button(page, 'Begin').waitFor();
    for (let presses = 0; presses < 20; presses += 1) {
      if (await button(page, 'Begin').evaluate((one) => one.matches(':focus'))) break;
      await page.keyboard.press('Shift+Tab');
    }
    for (let number = 1; number <= 4; number += 1) {
      await page.keyboard.press('Enter');
      await footer(page, number).waitFor();
      await expect.poll(() => page.getByRole('status').textContent()).toContain(`${number} of 25`);
      const next = button(page, 'Next').last();
      await expect.poll(() => next.evaluate((one) => one.matches(':focus'))).toBe(true);
    }
  });

  test('has nothing that axe would mend, in any of its states, dark or light', async () => {
    const room = await house();
    const page = await tab(room, 'You', { colorScheme: 'dark' });
    const violations = async () => {
      const { violations: found } = await new AxeBuilder({ page }).analyze();
      return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    };
    expect(await violations()).toEqual([]);
    await begin(page);
    await send(page, 'A ||secret|| for `you`');
    await send(page, '/where');
    await page.locator('.message.private').waitFor();
    await button(page, 'What goes wrong').click();
    await page.getByRole('radio', { name: /Rate limit/ }).check();
    await composer(page).fill('/');
    await choice(page).first().waitFor();
    expect(await violations()).toEqual([]);
    await button(page, 'Dark or light').click();
    await composer(page).fill('/');
    await choice(page).first().waitFor();
    expect(await violations()).toEqual([]);
    await composer(page).press('Enter');
    await page.getByRole('combobox', { name: /^from/ }).waitFor();
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await violations()).toEqual([]);
    await button(page, 'What goes wrong').click();
    await button(page, 'Channels').click();
    expect(await violations()).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });
});
