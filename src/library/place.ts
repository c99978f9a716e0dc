/**
 * Where the library's index is kept: beside the store where that is a file, in `data` where it is a
 * server; undefined where nothing is to be kept.
 */
export function indexPlace(storeUrl: string): string | undefined {
  const [, scheme = '', rest = ''] = /^([a-z]+):(.*)$/is.exec(storeUrl) ?? [];
  switch (scheme.toLowerCase()) {
    case 'memory':
      return undefined;
    case 'sqlite':
      return `${rest}.stories`;
    default:
      return 'data/lamplight.stories';
  }
}
