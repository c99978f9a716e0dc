import { randomBytes } from 'node:crypto';
import type { Story } from '../story/story.ts';
import { afterTelling, arrive } from './company.ts';
import { anchorsAt } from './locate.ts';
import type { Reading } from './record.ts';

/** A reading that begins after passage `position`, which with those before it counts as told. */
export function begin(
  story: Story,
  position: number,
  { host, guild, by }: Pick<Reading, 'host' | 'guild' | 'by'>,
  now: number,
): Reading {
  const anchors = anchorsAt(story, position);
  const reading: Reading = {
    id: randomBytes(6).toString('base64url'),
    story: story.slug,
    title: story.title,
    position,
    furthest: position,
    serial: 0,
    host,
    ...(guild !== undefined && { guild }),
    ...(by !== undefined && { by }),
    begun: now,
    anchors,
    furthestAnchors: anchors,
  };
  return arrive(afterTelling(reading, now), host);
}

/**
 * The reading once the passages `from` to `to` are told, in one message: what was passed over on
 * the way counts as told.
 */
export function moveTo(
  reading: Reading,
  story: Story,
  { from, to: position }: { readonly from: number; readonly to: number },
  now: number,
): Reading {
  const { message: _, ended: __, start: ___, ...rest } = afterTelling(reading, now);
  const furthest = Math.max(reading.furthest, position);
  return {
    ...rest,
    title: story.title,
    position,
    ...(from < position && { start: from }),
    furthest,
    serial: reading.serial + 1,
    anchors: anchorsAt(story, position),
    furthestAnchors: anchorsAt(story, furthest),
  };
}

/** The passages in a reading's newest message, the first and the last. */
export function shownBy({ start, position }: Reading): { from: number; to: number } {
  return { from: start ?? position, to: position };
}

/** The reading once its ending is told. */
export function end(reading: Reading, now: number): Reading {
  return { ...afterTelling(reading, now), ended: now, serial: reading.serial + 1 };
}

/**
 * Whether everything was told, the ending too. A story that grew since goes on; a reading that
 * ended is over, one that has only told its last passage still has its ending before it.
 */
export function isOver(reading: Reading, story: Story): boolean {
  return reading.ended !== undefined && reading.position >= story.length;
}
