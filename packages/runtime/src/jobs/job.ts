/** A job's payload is our own JSON, written by the transaction that scheduled it; its type is stated by the reader. */
export function parseJob<Job>(payload: unknown): Job {
  const job: Job = JSON.parse(JSON.stringify(payload));
  return job;
}
