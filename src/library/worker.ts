import { fitsMessage } from '../message/fits.ts';
import { connect } from './index-file.ts';
import { doJob, type Job } from './reading.ts';
import { editionWriter } from './write-edition.ts';

// Reads files into the index whose path it is given. A mistake of ours is not caught: it ends this
// process, and the next file gets a fresh one. Without its parent it ends, having nothing to wait for.
const writer = editionWriter(connect(process.argv[2] ?? ''));
process.on('message', async (job: Job) => {
  process.send?.(await doJob(job, writer, fitsMessage));
});
