import { describe, expect, test } from 'vitest';
import type { RoomHouse } from './room-harness.ts';
import { button, said, send, useChromium, whyNot } from './room-page.ts';

/** The smallest PNG there is. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const { house, tab } = useChromium();

/** What the bot itself doesn't send yet, sent with its token. */
async function post({ scene }: RoomHouse, path: string, body: object): Promise<void> {
  const { url, token } = scene.discord;
  const response = await fetch(`${url}/v10${path}`, {
    method: 'POST',
    headers: { Authorization: `Bot ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.ok, await response.clone().text()).toBe(true);
}

describe.skipIf(whyNot)(`the page and Discord's components${whyNot}`, { timeout: 60_000 }, () => {
  test('shows embeds, selects and Components V2', async () => {
    const room = await house();
    const page = await tab(room);
    const messages = `/channels/${room.scene.story.id}/messages`;
    await post(room, messages, {
      content: 'A ||secret|| and [a link](https://example.org/)',
      embeds: [{ title: 'A title', description: 'Some *text*', color: 0xff8800 }],
      components: [
        {
          type: 1,
          components: [
            {
              type: 3,
              custom_id: 'goto:chapter',
              placeholder: 'Choose a chapter',
              options: [
                { label: 'One', value: '1' },
                { label: 'Two', value: '2', description: 'the second' },
              ],
            },
          ],
        },
      ],
    });
    await page.getByText('A title').waitFor();
    await page.getByRole('button', { name: 'Spoiler: press to read' }).press('Enter');
    await said(page, 'secret').waitFor();
    await page.getByRole('link', { name: 'a link' }).waitFor();
    await page.getByRole('combobox', { name: 'Choose a chapter' }).selectOption('2');
    await page.locator('.message.private').waitFor();
    await post(room, messages, {
      flags: 1 << 15,
      components: [
        {
          type: 17,
          components: [
            { type: 10, content: '## In a box' },
            { type: 14 },
            {
              type: 9,
              components: [{ type: 10, content: 'Beside it' }],
              accessory: { type: 2, style: 4, label: 'Danger', custom_id: 'x:1' },
            },
          ],
        },
      ],
    });
    await page.getByRole('heading', { name: 'In a box' }).waitFor();
    await button(page, 'Danger').click();
    await expect.poll(() => page.locator('.message.private').count()).toBe(2);
  });

  test('shows images with their descriptions, and offers other files for saving', async () => {
    const room = await house();
    const page = await tab(room);
    const { discord, story } = room.scene;
    const form = new FormData();
    const attachments = [
      { id: '0', filename: 'lamp.png', description: 'A lamp, lit' },
      { id: '1', filename: 'page.html' },
    ];
    form.set('payload_json', JSON.stringify({ content: 'Look', attachments }));
    form.set('files[0]', new Blob([PIXEL], { type: 'image/png' }), 'lamp.png');
    form.set('files[1]', new Blob(['<script>1</script>'], { type: 'text/html' }), 'page.html');
    const response = await fetch(`${discord.url}/v10/channels/${story.id}/messages`, {
      method: 'POST',
      headers: { Authorization: `Bot ${discord.token}` },
      body: form,
    });
    expect(response.ok).toBe(true);
    const image = page.getByRole('img', { name: 'A lamp, lit' });
    await image.waitFor();
    await expect
      .poll(() => image.evaluate((img) => 'naturalWidth' in img && img.naturalWidth))
      .toBe(1);
    const link = page.getByRole('link', { name: 'page.html' });
    const file = await fetch(new URL((await link.getAttribute('href')) ?? '', room.url));
    expect(file.headers.get('content-type')).toBe('application/octet-stream');
  });

  test('puts message commands on the menu of a message', async () => {
    const room = await house();
    const { application } = room.scene.discord;
    await post(room, `/applications/${application.id}/commands`, { type: 3, name: 'Keep this' });
    const page = await tab(room);
    await send(page, 'Something to keep');
    await page.getByRole('button', { name: 'More about the message of You' }).press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page
      .getByText('The application did not respond.')
      .or(page.locator('.message.private'))
      .first()
      .waitFor();
    expect(await page.getByRole('menu').isVisible()).toBe(false);
  });
});
