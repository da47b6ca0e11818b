import type { Detail } from '../../events/details.ts';
import type { Finding } from '../../readiness/finding.ts';
import type { Estimate, Kept } from '../../readiness/document.ts';
import { inMinutes } from '../../rollback/time.ts';
import { code, escape, moment } from '../escape.ts';
import type { Message } from '../web-api.ts';
import { note, paragraphs } from './blocks.ts';

/** As many as fit into one message, however long their escapes are. */
const MAX_FINDINGS = 5;
const MAX_SENTENCE_CHARACTERS = 250;

/** The longest name of a target, and the words around it. */
const MAX_COMMAND_CHARACTERS = 1_100;

const WORDS = {
  yes: 'would work',
  no: 'would not work',
  unknown: 'may not work: something could not be read',
} as const;

/** Returns the one message about a target that is less ready than before. */
export function worsenedOf(worsened: Detail<'Readiness Worsened'>): Message {
  const { target, ready, score, before } = worsened;
  const fell = before === undefined ? `${score}` : `${before.score} to ${score}`;
  const headline = `:warning: A rollback of ${code(target)} ${WORDS[ready]} now`;
  return messageOf(headline, `Its readiness fell from ${fell} of 100.`, worsened.findings, target);
}

/** Returns the last check of a target, for the person who asks. */
export function readinessOf({ target, ready, score, findings, way, estimate, at }: Kept): Message {
  const headline = `A rollback of ${code(target)} ${WORDS[ready]}`;
  const how = way === null ? '' : ` It would go from ${code(way.from)} to ${code(way.to)}.`;
  return messageOf(
    headline,
    `Score ${score} of 100, as of ${at.slice(0, 16)}Z.${how}${tookOf(estimate)}`,
    findings,
    target,
  );
}

function tookOf(estimate: Estimate | null): string {
  if (estimate === null) return '';
  const { seconds, rehearsal } = estimate;
  const rehearsed =
    rehearsal === undefined
      ? ''
      : `; ${inMinutes(rehearsal.seconds)} in the rehearsal of ${moment(rehearsal.at)}`;
  return ` It would take about ${inMinutes(seconds)}${rehearsed}.`;
}

function messageOf(
  headline: string,
  about: string,
  findings: readonly Pick<Finding, 'severity' | 'says' | 'cure'>[],
  target: string,
): Message {
  const more = findings.length - MAX_FINDINGS;
  const shown = findings
    .slice(0, MAX_FINDINGS)
    .map(
      ({ severity, says, cure }) =>
        `• *${severity}*: ${escape(says, MAX_SENTENCE_CHARACTERS)} ${escape(cure, MAX_SENTENCE_CHARACTERS)}`,
    );
  const command = code(`npx --no-install lastgood readiness ${target}`, MAX_COMMAND_CHARACTERS);
  return {
    text: headline,
    blocks: [
      ...paragraphs([`*${headline}*`, about, ...shown, ...(more > 0 ? [`• and ${more} more`] : [])]),
      note(`Check it now, with every finding and its cure: ${command}`),
    ],
  };
}
