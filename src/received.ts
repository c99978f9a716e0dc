/** What Discord sent, as an object; an empty one where it is none. */
export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

export interface ReceivedMessage {
  readonly id: string;
  readonly content: string;
  readonly flags?: number;
}

/** Whether Discord sent a message. */
export function isMessage(value: unknown): value is ReceivedMessage {
  const { id, content } = asRecord(value);
  return typeof id === 'string' && typeof content === 'string';
}
