import type { Planned } from '../../src/rollback/document.ts';
import type { Companion, Evidence } from '../../src/rollback/evidence.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { shorten } from '../../src/rollback/shorten.ts';
import { NO_TRACES, type Traces } from '../../src/rollback/triage/traces.ts';
import { triageOf } from '../../src/rollback/triage/triage.ts';
import { bounded, MAX_CHARACTERS } from './bounds.ts';
import { maskOf, type Mask } from '../../src/aws/mask.ts';
import type { EvidenceSource, Found } from './source.ts';

/** Less than the state's timeout of 15 seconds, so that the evidence found in time is kept. */
export const GATHER_MILLISECONDS = 8_000;

const MAX_COMPANIONS = 5;

interface Answer {
  readonly source: EvidenceSource;
  readonly answer: PromiseSettledResult<Found>;
}

/**
 * Reads all sources of the target's kind at once. Each one returns its lines or the reason why not. No source can fail or delay the
 * gathering. Masks first and cuts afterwards: a secret that was cut would no longer be found.
 */
export async function gather(
  rollback: Planned,
  all: readonly EvidenceSource[],
  now: Instant,
  signal: AbortSignal,
): Promise<Evidence> {
  const sources = all.filter(
    ({ kind }) => kind === undefined || rollback.request.target.startsWith(`${kind}:`),
  );
  const settled = await Promise.allSettled(sources.map((source) => inTime(source, rollback, signal)));
  const answers = sources.flatMap((source, index) => {
    const answer = settled[index];
    return answer === undefined ? [] : [{ source, answer }];
  });
  const mask = maskFor(rollback, answers);
  const found = foundIn(answers, mask);
  const companions = found.flatMap((one) => one.companions ?? []).map((one) => companion(one, mask));
  return {
    at: now,
    found: bounded(found.map(({ source, lines, isLog }) => ({ source, lines, ...(isLog && { isLog }) }))),
    missing: answers.flatMap(({ source: { name }, answer }) =>
      answer.status === 'rejected' ? [{ source: name, reason: reasonOf(answer.reason, mask) }] : [],
    ),
    triage: shortened(triageOf(tracesOf(found))),
    ...(companions.length > 0 && { companions: companions.slice(0, MAX_COMPANIONS) }),
  };
}

/** Reads a source until the signal aborts. Does not rely on the client, because not every one aborts at once. */
async function inTime(source: EvidenceSource, rollback: Planned, signal: AbortSignal): Promise<Found> {
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

function maskFor({ request, plan }: Planned, answers: readonly Answer[]): Mask {
  const hidden = answers.flatMap(({ answer }) =>
    answer.status === 'fulfilled' ? (answer.value.hidden ?? []) : [],
  );
  const { from, to, suspect, watch } = plan;
  return maskOf(
    { values: hidden.flatMap(({ values }) => values), names: hidden.flatMap(({ names }) => names) },
    JSON.stringify([request.target, from, to, suspect, watch]),
  );
}

interface Masked extends Found {
  readonly source: string;
  readonly isLog?: true;
}

function foundIn(answers: readonly Answer[], mask: Mask): readonly Masked[] {
  return answers.flatMap(({ source: { name, isLog }, answer }) => {
    if (answer.status === 'rejected') return [];
    const hide = isLog === true ? mask.log : mask.words;
    const { lines, traces = {}, companions } = answer.value;
    return [
      {
        source: name,
        ...(isLog && { isLog }),
        lines: lines.map(hide),
        traces: maskedTraces(traces, hide),
        ...(companions !== undefined && { companions }),
      },
    ];
  });
}

/** Masks every line. A count holds none, and of a stop triage quotes only its line. */
function maskedTraces(traces: Partial<Traces>, hide: (text: string) => string): Partial<Traces> {
  const { stops, count, ...lines } = traces;
  return {
    ...Object.fromEntries(Object.entries(lines).map(([part, all]) => [part, all.map(hide)])),
    ...(count !== undefined && { count }),
    ...(stops && { stops: stops.map((stop) => ({ ...stop, line: hide(stop.line) })) }),
  };
}

/** Each part of the traces comes from one source. */
function tracesOf(found: readonly Masked[]): Traces {
  return Object.assign({}, NO_TRACES, ...found.map(({ traces }) => traces)) as Traces;
}

function shortened(triage: NonNullable<Evidence['triage']>): NonNullable<Evidence['triage']> {
  return {
    ...triage,
    says: shorten(triage.says, MAX_CHARACTERS),
    because: triage.because.map((line) => shorten(line, MAX_CHARACTERS)),
  };
}

function companion({ of, says, command }: Companion, { words }: Mask): Companion {
  return { of, says: words(says), ...(command !== undefined && { command: words(command) }) };
}

function reasonOf(error: unknown, { words }: Mask): string {
  const text = error instanceof Error ? saidBy(error) : String(error);
  return shorten(words(text), MAX_CHARACTERS);
}

/** Sources say in plain errors why they cannot read. The name of any other error says who refused. */
function saidBy({ name, message }: Error): string {
  return name === 'Error' ? message : `${name}: ${message}`;
}
