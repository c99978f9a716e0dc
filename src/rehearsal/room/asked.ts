import { z } from 'zod';

const id = z.number().int();
const text = z.string().max(6000);
const snowflake = z.string().regex(/^\d{1,20}$/);
const values = z.record(z.string().max(32), z.union([text, z.number(), z.boolean()]));

const Asked = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('enter'), id, reader: z.string(), channel: snowflake.optional() }),
  z.object({ ask: z.literal('say'), id, text }),
  z.object({ ask: z.literal('slash'), id, command: text, values }),
  z.object({ ask: z.literal('type'), id, command: text, values, focused: text }),
  z.object({ ask: z.literal('press'), id, message: snowflake, customId: text }),
  z.object({
    ask: z.literal('choose'),
    id,
    message: snowflake,
    customId: text,
    chosen: z.array(text),
  }),
  z.object({ ask: z.literal('message-command'), id, message: snowflake, command: text }),
  z.object({ ask: z.literal('dismiss'), id, message: snowflake }),
  z.object({ ask: z.literal('trouble'), id, trouble: z.string().nullable() }),
  z.object({ ask: z.literal('restart'), id }),
  z.object({ ask: z.literal('cut'), id }),
]);

/** What a page may ask of the room. */
export type Asked = z.infer<typeof Asked>;

/** Reads what came over the wire; undefined for anything that no page of ours sends. */
export function readAsked(data: string): Asked | undefined {
  try {
    return Asked.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}
