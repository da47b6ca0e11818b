import type { Evidence, Planned } from '../../src/rollback/document.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { shorten } from '../../src/rollback/shorten.ts';

/** A source of evidence. If it throws, the error is the reason why its part is missing. */
export interface EvidenceSource {
  readonly name: string;
  /** @param signal aborts when the time for gathering is over */
  read(rollback: Planned, signal: AbortSignal): Promise<readonly string[]>;
}

/** Less than the state's timeout of 15 seconds, so that the evidence found in time is kept. */
export const GATHER_MILLISECONDS = 8_000;

/** The evidence is part of the document, which Step Functions limits to 256 KiB. It must stay a small part of that. */
const MAX_LINES = 25;
const MAX_CHARACTERS = 300;

/**
 * Reads all sources at once. Each one returns its lines or the reason why not. No source can fail or delay the
 * gathering.
 */
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

/** Reads a source until the signal aborts. Does not rely on the client, because not every one aborts at once. */
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
  const cut = lines.slice(0, MAX_LINES).map((line) => shorten(line, MAX_CHARACTERS));
  return lines.length > MAX_LINES ? [...cut, `and ${lines.length - MAX_LINES} more`] : cut;
}

function reasonOf(error: unknown): string {
  return shorten(error instanceof Error ? `${error.name}: ${error.message}` : String(error), MAX_CHARACTERS);
}
