import { parentPort, workerData } from 'node:worker_threads';
import { fitsMessage } from '../message/fits.ts';
import { connect } from './index-file.ts';
import { doJob, type Job } from './reading.ts';
import { editionWriter } from './write-edition.ts';

// Reads files into the index whose path it is given. A mistake of ours is not caught: it ends this
// worker, and the next file gets a fresh one.
const writer = editionWriter(connect(workerData));
parentPort?.on('message', async (job: Job) => {
  parentPort?.postMessage(await doJob(job, writer, fitsMessage));
});
