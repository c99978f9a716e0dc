/** @import { RoomView } from '../told.ts' */

import { createComposer } from './composer.js';
import { byId } from './element.js';
import { connect } from './link.js';
import { createMenu } from './menu.js';
import { createMessages } from './messages.js';
import { createPanel } from './panel.js';
import { createPlaces } from './places.js';
import { followTheme } from './theme.js';

followTheme();

// Who and where this tab is stands in its address, so that it is the same after a reload.
const address = new URL(location.href);
let reader = address.searchParams.get('as') ?? 'You';
let channel = address.searchParams.get('in') ?? undefined;
/** A message of another channel to jump to once it is shown. */
let jumpTo = '';

const link = connect({
  onOpen: () => enter(),
  onLost: () => panel.lost(),
  onTold(told) {
    switch (told.tell) {
      case 'room':
        return show(told.room);
      case 'message':
        messages.show(told.message);
        return welcome();
      case 'gone':
        return messages.remove(told.id);
      case 'elsewhere':
        return places.mark(told.channel);
      case 'people':
        return places.people(told.readers);
      case 'house':
        return panel.house(told.house);
    }
  },
});
const composer = createComposer(link.ask);
const panel = createPanel(link.ask);
const menu = createMenu(link.ask, composer.report);
const messages = createMessages({
  async press({ id }, customId) {
    composer.report(await link.ask({ ask: 'press', message: id, customId }));
  },
  async choose({ id }, customId, chosen) {
    composer.report(await link.ask({ ask: 'choose', message: id, customId, chosen }));
  },
  async dismiss({ id }) {
    messages.remove(id);
    composer.report(await link.ask({ ask: 'dismiss', message: id }));
  },
  menu: (message, opener) => menu.open(message, opener),
});
const places = createPlaces({
  onChannel(id) {
    channel = id;
    enter();
  },
  onReader(name) {
    reader = name;
    enter();
  },
});

async function enter() {
  composer.report(await link.ask({ ask: 'enter', reader, channel }));
}

/** @param {RoomView} room */
function show(room) {
  reader = room.you.name;
  channel = room.channel.id;
  address.searchParams.set('as', reader);
  address.searchParams.set('in', channel);
  history.replaceState(null, '', address);
  const name = room.channel.kind === 'dm' ? '@Lamplight' : `#${room.channel.name}`;
  document.title = `${name} · ${reader} · Lamplight in rehearsal`;
  byId('channel', HTMLElement).textContent = name;
  byId('log', HTMLElement).setAttribute('aria-label', `Messages in ${name}`);
  byId('cut', HTMLElement).hidden = !room.cut;
  for (const part of [places, composer, panel, menu, messages]) part.enter(room);
  welcome();
  if (jumpTo) messages.jump(jumpTo);
  jumpTo = '';
}

function welcome() {
  const box = byId('welcome', HTMLElement);
  box.hidden = !messages.isEmpty;
  const title = box.querySelector('h2');
  if (title) title.textContent = `Welcome to ${byId('channel', HTMLElement).textContent}`;
}

byId('start', HTMLButtonElement).addEventListener('click', () => composer.begin('read'));
document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return;
  const jump = event.target.closest('a[data-jump]');
  if (!(jump instanceof HTMLElement)) return;
  event.preventDefault();
  const { jump: id = '', channel: there = channel } = jump.dataset;
  if (there === channel) {
    if (!messages.jump(id)) composer.say('That message is not shown here any more.');
    return;
  }
  channel = there;
  jumpTo = id;
  enter();
});
