import type { Discord } from '../discord/discord.ts';
import type { PageFile } from './files.ts';

/** The images that the page shows: pixels only, nothing that could run. */
const IMAGES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

export function isImage(type: string): boolean {
  return IMAGES.includes(type);
}

/** Where the page finds an attachment. */
export function uploadPath(id: string): string {
  return `/files/${id}`;
}

/**
 * The attachment at a path of `uploadPath`. What is no image is for saving: it never opens as a
 * page of ours.
 */
export function findUpload(discord: Discord, path: string): PageFile | undefined {
  const [, id = ''] = /^\/files\/(\d+)$/.exec(path) ?? [];
  const file = discord.file(id);
  const type = file && isImage(file.type) ? file.type : 'application/octet-stream';
  return file && { type, body: file.content };
}
