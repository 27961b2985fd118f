/** A thread that trains the classifier of one pack: a large one takes seconds, and messages are answered meanwhile. */
import { parentPort, workerData } from 'node:worker_threads';
import { serialiseIntents, trainIntents } from '@hazir/language';

parentPort?.postMessage(serialiseIntents(trainIntents(workerData)));
