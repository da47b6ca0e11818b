import type { Rollback } from '../../../src/rollback/document.ts';
import { CAUSE_TITLES, evidenceIn, type Evidence, type Triage } from '../../../src/rollback/evidence.ts';
import { code, escape } from '../../../src/slack/escape.ts';
import { rollbacksIn } from '../rollbacks.ts';
import { channelText, lacks } from '../slack/oncall.ts';
import type { Stage } from '../stage.ts';

/** Returns the document of the first rollback as of its last state. */
export function documentOf(stage: Stage): Rollback | undefined {
  return rollbacksIn(stage.runtime)[0]?.states.at(-1)?.input as Rollback | undefined;
}

/** Returns the evidence of the first rollback, or null. */
export function evidenceOf(stage: Stage): Evidence | null {
  return evidenceIn(documentOf(stage)?.gathered);
}

/** Returns the lines of a source; empty: it found nothing, or did not answer. */
export function linesOf(stage: Stage, source: string): readonly string[] {
  return evidenceOf(stage)?.found.find((one) => one.source === source)?.lines ?? [];
}

/** Returns why a source did not answer; undefined: it did. */
export function missingOf(stage: Stage, source: string): string | undefined {
  return evidenceOf(stage)?.missing.find((one) => one.source === source)?.reason;
}

/**
 * Checks the words of the likely cause, and that the outcome, the event of the end and all that people read have it. Which
 * cause it must be stands in the ending of the story.
 */
export function triaged(says: RegExp): (stage: Stage) => string | null {
  return (stage) => {
    const { triage } = evidenceOf(stage) ?? {};
    if (triage === undefined) return 'there is no triage';
    if (!says.test([triage.says, ...triage.because].join('\n'))) return `it says ${textOf(triage)}`;
    const outcome = documentOf(stage)?.outcome;
    if (outcome?.cause?.cause !== triage.cause) return `the outcome is ${textOf(outcome)}`;
    const events = stage.runtime.bus.published.map(({ event }) => textOf(event));
    const ended = events.find((event) => /"detail-type":"Rollback (?:Succeeded|Failed)"/.test(event)) ?? '';
    if (!ended.includes(`"cause":"${triage.cause}"`)) return `the event of the end is ${ended}`;
    for (const { source, lines, isLog } of evidenceOf(stage)?.found ?? []) {
      const counted = `{"source":"${source}","lines":[],"inReport":${lines.length}}`;
      if (isLog === true && lines.length > 0 && !ended.includes(counted))
        return `the event of the end has lines of ${source}: ${ended}`;
    }
    return readIn(stage, triage);
  };
}

/** Checks that the terminal names the cause, and that Slack shows it with the lines on which it rests. */
function readIn(stage: Stage, { cause, says, because }: Triage): string | null {
  if (cause === 'unknown') return 'no cause is named';
  const lines = stage.journal.happenings().map(({ what }) => what);
  const title = CAUSE_TITLES[cause];
  if (!lines.some((line) => line.includes(`Gather: likely cause: ${title}: ${says}`)))
    return `the terminal says ${lines.join(' | ')}`;
  const wanted = [`*Likely cause: ${title}*\n${escape(says)}`, ...because.map((line) => `>${code(line)}`)];
  return lacks(channelText(stage), ` · likely cause: ${title}`, wanted.join('\n'));
}

/** Returns the first difference that a check finds. */
export function allOf(
  ...checks: readonly ((stage: Stage) => string | null)[]
): (stage: Stage) => string | null {
  return (stage) => checks.reduce<string | null>((found, check) => found ?? check(stage), null);
}

/** Checks that a source has a line. */
export function found(source: string, line: RegExp): (stage: Stage) => string | null {
  return (stage) => {
    const lines = linesOf(stage, source);
    return lines.some((one) => line.test(one))
      ? null
      : `${source}: ${lines.join(' | ')}; ${missingOf(stage, source) ?? ''}`;
  };
}

/** Checks that the advice has a line. */
export function advised(line: RegExp): (stage: Stage) => string | null {
  return (stage) => {
    const advice = documentOf(stage)?.outcome?.advice ?? [];
    return advice.some((one) => line.test(one)) ? null : `the advice is ${advice.join(' | ')}`;
  };
}

function textOf(value: unknown): string {
  return JSON.stringify(value);
}
