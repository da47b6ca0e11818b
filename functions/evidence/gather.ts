import type { Evidence, Planned } from '../../src/rollback/document.ts';
import type { Instant } from '../../src/rollback/request.ts';

/** One place where evidence lies. It may throw: what it throws is why its part of the evidence is missing. */
export interface EvidenceSource {
  readonly name: string;
  /** @param signal aborts when the time for gathering is over */
  read(rollback: Planned, signal: AbortSignal): Promise<readonly string[]>;
}

/** Less than the 15 seconds that the state machine gives this state, so that what was found in time is kept. */
export const GATHER_MILLISECONDS = 8_000;

/** The evidence travels in the document, which Step Functions limits to 256 KiB: it stays a small part of that. */
const MAX_LINES = 25;
const MAX_CHARACTERS = 300;

/** Reads all sources at once. Each answers or says why not; none can make the gathering fail, or last longer. */
export async function gather(
  rollback: Planned,
  sources: readonly EvidenceSource[],
  now: Instant,
  signal: AbortSignal,
): Promise<Evidence> {
  const answers = await Promise.allSettled(sources.map((source) => inTime(source, rollback, signal)));
  const named = answers.map((answer, i) => ({ source: sources[i]?.name ?? '', answer }));
  return {
    at: now,
    found: named.flatMap(({ source, answer }) =>
      answer.status === 'fulfilled' ? [{ source, lines: shortened(answer.value) }] : [],
    ),
    missing: named.flatMap(({ source, answer }) =>
      answer.status === 'rejected' ? [{ source, reason: reasonOf(answer.reason) }] : [],
    ),
  };
}

/** Not every client gives up at once when it is told to. */
async function inTime(
  source: EvidenceSource,
  rollback: Planned,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const over = Promise.withResolvers<never>();
  const giveUp = () => over.reject(new Error('did not answer in time'));
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([over.promise, source.read(rollback, signal)]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

function shortened(lines: readonly string[]): readonly string[] {
  const cut = lines.slice(0, MAX_LINES).map((line) => line.slice(0, MAX_CHARACTERS));
  return lines.length > MAX_LINES ? [...cut, `and ${lines.length - MAX_LINES} more`] : cut;
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(
    0,
    MAX_CHARACTERS,
  );
}
