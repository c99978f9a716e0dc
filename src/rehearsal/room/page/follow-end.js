import { byId } from './element.js';

/** How near to its end, in pixels, a list counts as being there. */
const NEAR = 120;

/**
 * Keeps a list that scrolls at its end while it grows and while the page changes its size, unless
 * its reader has scrolled away; then a button says that there is something new.
 *
 * @param {HTMLElement} log
 * @param {HTMLElement} list
 */
export function followEnd(log, list) {
  const newest = byId('newest', HTMLButtonElement);
  let follows = true;
  let height = 0;

  function go() {
    follows = true;
    newest.hidden = true;
    log.scrollTop = log.scrollHeight;
  }

  log.addEventListener('scroll', () => {
    // A scroll that comes of a new height is the layout's doing, not the reader's.
    const isLayout = height !== log.scrollHeight + log.clientHeight;
    height = log.scrollHeight + log.clientHeight;
    if (isLayout) return;
    follows = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
    if (follows) newest.hidden = true;
  });
  const sizes = new ResizeObserver(() => {
    if (follows) go();
  });
  sizes.observe(log);
  sizes.observe(list);
  newest.addEventListener('click', go);
  // So that the arrow keys scroll it.
  log.tabIndex = 0;

  return {
    go,
    grown() {
      if (follows) go();
      else newest.hidden = false;
    },
    leave() {
      follows = false;
    },
  };
}
