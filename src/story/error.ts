/** A text that can't be told. The message is one clear sentence for whoever keeps the stories. */
export class StoryError extends Error {
  override readonly name = 'StoryError';
  /** The 1-based line of the file that the message is about. */
  readonly line?: number;

  constructor(message: string, line?: number) {
    super(message);
    if (line !== undefined) this.line = line;
  }
}
