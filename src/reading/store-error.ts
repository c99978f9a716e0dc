/** The store can't be opened. Its message is one sentence for whoever runs the bot, without secrets. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
