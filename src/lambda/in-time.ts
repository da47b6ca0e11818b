/**
 * Returns null on timeout or error. For optional reads that must not delay a rollback. A read that timed out continues,
 * and its answer is dropped.
 */
export async function inTime<T>(milliseconds: number, ask: () => Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  const asked = async () => ask();
  const answer = await Promise.race([asked().catch(() => null), tooLate]);
  clearTimeout(timer);
  return answer;
}
