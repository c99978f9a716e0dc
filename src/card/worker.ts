import { parentPort } from 'node:worker_threads';
import type { Card } from './card.ts';
import { paint } from './paint.ts';

// A failure is not caught: it ends this worker, and the next card gets a fresh one.
parentPort?.on('message', (card: Card) => parentPort?.postMessage(paint(card)));
