import { byId } from './element.js';

const KEY = 'theme';

/** Dark or light as the system has it, or as was chosen here before. */
export function followTheme() {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const chosen = localStorage.getItem(KEY);
  if (chosen) root.dataset['theme'] = chosen;
  byId('theme', HTMLButtonElement).addEventListener('click', () => {
    const now = root.dataset['theme'] ?? (dark.matches ? 'dark' : 'light');
    const next = now === 'dark' ? 'light' : 'dark';
    root.dataset['theme'] = next;
    localStorage.setItem(KEY, next);
  });
}
