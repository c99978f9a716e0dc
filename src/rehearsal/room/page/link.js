/** @import { AnswerTold, Told } from '../told.ts' */

/** Ms until the next try when the room can't be reached. */
const RETRY = 1000;

/**
 * @typedef {object} Link
 * @property {(asked: Record<string, unknown>) => Promise<AnswerTold>} ask
 *   Resolves with how it went; with a refusal when the room is out of reach.
 */

/**
 * Connects to the room, and again whenever the connection is lost.
 *
 * @param {object} options
 * @param {() => void} options.onOpen
 * @param {() => void} options.onLost
 * @param {(told: Exclude<Told, AnswerTold>) => void} options.onTold
 * @returns {Link}
 */
export function connect({ onOpen, onLost, onTold }) {
  /** @type {Map<number, (answer: AnswerTold) => void>} */
  const waiting = new Map();
  let last = 0;
  /** @type {WebSocket} */
  let socket;

  function open() {
    socket = new WebSocket(`ws://${location.host}/live`);
    socket.addEventListener('open', onOpen);
    socket.addEventListener('close', () => {
      for (const [to, answer] of waiting) answer(outOfReach(to));
      waiting.clear();
      onLost();
      setTimeout(open, RETRY);
    });
    socket.addEventListener('message', ({ data }) => {
      /** @type {Told} */
      const told = JSON.parse(data);
      if (told.tell !== 'answer') return onTold(told);
      waiting.get(told.to)?.(told);
      waiting.delete(told.to);
    });
  }
  open();

  return {
    ask(asked) {
      last += 1;
      const id = last;
      if (socket.readyState !== WebSocket.OPEN) return Promise.resolve(outOfReach(id));
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        socket.send(JSON.stringify({ ...asked, id }));
      });
    },
  };
}

/**
 * @param {number} to
 * @returns {AnswerTold}
 */
function outOfReach(to) {
  const refused = 'The rehearsal cannot be reached. Is npm start still running?';
  return { tell: 'answer', to, refused };
}
