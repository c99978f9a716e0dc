import type { Names } from './markdown.ts';
import type { Scene } from './scene.ts';

/** The names of the scene's people and places, by id. */
export function namesIn({ discord, readers, channels, you }: Scene): Names {
  return {
    user: (id) =>
      id === discord.application.id ? 'Lamplight' : readers.find((one) => one.id === id)?.name,
    channel: (id) => channels(you).find((one) => one.id === id)?.name,
  };
}
