/**
 * The answer, or null when it does not come in time or when asking fails: for what is good to know and must hold nobody
 * up. What is asked goes on by itself; nobody hears of it any more.
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
