import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from './harness.ts';
import { button, choice, said, send, useChromium, whyNot } from './room-page.ts';

const HTML = [
  '<script>document.title = "stolen"</script>',
  '<img src=x onerror="document.title = \'stolen\'">',
  '</li></ol><h1 onmouseover="alert(1)">A heading</h1>',
  '"><svg/onload=alert(1)>&lt;b&gt;&amp; {{7+7}} %3Cb%3E',
];

const { house, tab } = useChromium();

describe.skipIf(whyNot)(`the page and hostile input${whyNot}`, { timeout: 60_000 }, () => {
  test('shows the HTML of a story as its text, wherever it stands', async () => {
    const folder = await temporaryFolder();
    onTestFinished(() => rm(folder, { recursive: true }));
    const stories = join(folder, 'stories');
    await mkdir(stories);
    const matter = `title: '${HTML[0]?.replaceAll("'", "''")}'\nauthor: '<b>me</b>'\n`;
    await writeFile(join(stories, 'x.md'), `---\n${matter}---\n\n${HTML.join('\n\n')}\n`);
    const page = await tab(await house({ storyDir: stories }));
    const title = await page.title();
    await button(page, 'Choose a story').click();
    await choice(page).first().click();
    await button(page, 'Send').click();
    await button(page, 'Begin').click();
    for (const text of HTML) {
      await expect
        .poll(() => page.locator('.message').last().locator('.text').textContent())
        .toContain(text);
      await button(page, 'Next').last().click();
    }
    await send(page, '<h1>typed</h1>[x](javascript:alert(1)) <javascript:alert(2)>');
    await said(page, '<h1>typed</h1>').waitFor();
    expect(
      await page.locator('#messages :is(script, svg, h1, a[href^="javascript"])').count(),
    ).toBe(0);
    expect(await page.locator('#messages img:not([src="lamp.svg"])').count()).toBe(0);
    expect(await page.title()).toBe(title);
  });

  test('keeps its width with 2,000 characters without a space', async () => {
    const room = await house();
    const page = await tab(room, 'Ben', { viewport: { width: 360, height: 740 } });
    for (const text of [
      'W'.repeat(2000),
      `||${'x'.repeat(1996)}||`,
      `\`${'y'.repeat(1998)}\``,
      '**__||~~'.repeat(250),
    ]) {
      await send(page, text);
      await expect
        .poll(() => page.locator('.message').last().textContent())
        .toContain(text.slice(-3).replaceAll(/\W/g, ''));
      // Messages out of sight are contained: what sticks out of them widens nothing around them.
      const sticksOut = await page.evaluate<boolean>(
        '[...document.querySelectorAll(".text, #log, html")].some((box) => box.scrollWidth > box.clientWidth)',
      );
      expect(sticksOut, text.slice(0, 10)).toBe(false);
    }
  });

  test('stays quick with 500 messages, and says that there are more', async () => {
    const room = await house();
    const { discord, story, you } = room.scene;
    for (let count = 1; count <= 520; count += 1) {
      you.say(story, `**${count}** ${'A fairly long message, as people write them. '.repeat(20)}`);
    }
    const begun = performance.now();
    const page = await tab(room);
    await said(page, '520').waitFor();
    expect(performance.now() - begun).toBeLessThan(8000);
    await page.getByText('Older messages are not shown here.').waitFor({ state: 'attached' });
    expect(await page.locator('.message').count()).toBe(500);
    await expect(said(page, '520').isVisible()).resolves.toBe(true);
    const sent = performance.now();
    discord.user('Ben').say(story, 'And one more.');
    await said(page, 'And one more.').waitFor();
    expect(performance.now() - sent).toBeLessThan(3000);
  });
});
