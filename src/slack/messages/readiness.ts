import type { Detail } from '../../events/details.ts';
import type { Finding } from '../../readiness/finding.ts';
import type { Estimate, Kept } from '../../readiness/document.ts';
import { inMinutes } from '../../rollback/time.ts';
import { code, moment, prose } from '../escape.ts';
import type { Message } from '../web-api.ts';
import { fits, note, paragraphs } from './blocks.ts';

/** The most findings in the channel, and for a person who asks; fewer, where their escapes are long. */
const MAX_IN_CHANNEL = 5;
const MAX_ASKED = 12;
const MAX_SENTENCE_CHARACTERS = 250;

/** The longest name of a target, and the words around it. */
const MAX_COMMAND_CHARACTERS = 1_100;

const TRENDS = {
  first: 'the first check',
  better: 'better than before',
  same: 'as before',
  worse: 'worse than before',
} as const;

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
  return messageOf(
    headline,
    `Its readiness fell from ${fell} of 100.`,
    worsened.findings,
    target,
    MAX_IN_CHANNEL,
  );
}

/** Returns a check of a target, for the person who asks. */
export function readinessOf({ target, ready, score, trend, findings, way, estimate, at }: Kept): Message {
  const headline = `A rollback of ${code(target)} ${WORDS[ready]}`;
  const how = way === null ? '' : ` It would go from ${code(way.from)} to ${code(way.to)}.`;
  const about = `Score ${score} of 100 (${TRENDS[trend]}), as of ${moment(at)}.${how}${tookOf(estimate)}`;
  return messageOf(headline, about, findings, target, MAX_ASKED);
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

/** Returns a message with as many findings as Slack accepts. */
function messageOf(
  headline: string,
  about: string,
  findings: readonly Pick<Finding, 'severity' | 'says' | 'cure'>[],
  target: string,
  most: number,
): Message {
  const more = findings.length - most;
  const shown = findings
    .slice(0, most)
    .map(
      ({ severity, says, cure }) =>
        `• *${severity}*: ${prose(says, MAX_SENTENCE_CHARACTERS)} ${prose(cure, MAX_SENTENCE_CHARACTERS)}`,
    );
  const command = code(`npx --no-install lastgood readiness ${target}`, MAX_COMMAND_CHARACTERS);
  const message: Message = {
    text: headline,
    blocks: [
      ...paragraphs([
        `*${headline}*`,
        about,
        ...shown,
        ...(more > 0 ? [`• and ${more} more`] : []),
        ...(findings.length === 0 ? ['Nothing was found.'] : []),
      ]),
      note(`Check it in a terminal, with every finding and its cure: ${command}`),
    ],
  };
  return most === 0 || fits(message) ? message : messageOf(headline, about, findings, target, most - 1);
}
