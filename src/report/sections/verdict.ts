import { NO_REASON } from '../../rollback/request.ts';
import { personsAnswer } from '../../rollback/approval.ts';
import type { Rollback } from '../../rollback/document.ts';
import { confidenceIn, type Verdict } from '../../rollback/verdict.ts';
import { html, type Markup } from '../markup.ts';
import { personIn } from '../people.ts';
import { clockOf } from '../words.ts';
import { listOf, said, section } from './section.ts';

const VERDICTS = {
  act: 'Go back',
  'look-again': 'Look again',
  ask: 'Ask a person',
  observe: 'Only observe',
  skip: 'Do nothing',
} as const;

/** Shows the cause, and the judge's answer with its reasons for and against going back. */
export function verdictSection({ request, verdict, approval }: Rollback): Markup | null {
  const saw = request.trigger?.type === 'lookout' ? request.trigger.saw : [];
  const answer = personsAnswer(approval);
  return section(
    'Why',
    html`${request.reason === NO_REASON ? null : html`<p class="asked"><small>It began because</small> ${said(request.reason, 1200)}</p>`}
    ${saw.length === 0 || verdict !== undefined ? null : listOf(saw)}
    ${verdict === undefined ? null : answerOf(verdict)}
    ${
      answer === null
        ? null
        : html`<p class="person">
            <strong>${answer.answer === 'approved' ? 'Approved' : 'Denied'}</strong> by
            <strong>${personIn(answer.by)}</strong> at ${clockOf(answer.at)}
          </p>`
    }`,
  );
}

function answerOf(verdict: Verdict): Markup {
  const { reasons, against = [], looks = 1 } = verdict;
  const { verdict: answer } = verdict;
  const confidence = confidenceIn('confidence' in verdict ? verdict : {});
  const inFavour = reasons.filter((reason) => !against.includes(reason));
  return html`<p class="verdict">
      <strong>${VERDICTS[answer]}</strong>
      ${confidence === null ? null : html`<span>${confidence}</span>`}
      ${looks > 1 ? html`<span>at look ${looks}</span>` : null}
    </p>
    ${reasonsFor(answer === 'act' ? 'Reasons' : 'For going back', inFavour, 'for')}
    ${reasonsFor(answer === 'act' ? 'Against it' : 'Against going back at once', against, 'against')}`;
}

function reasonsFor(title: string, lines: readonly string[], kind: string): Markup | null {
  return lines.length === 0
    ? null
    : html`<h3>${title}</h3>
        ${listOf(lines, kind)}`;
}
