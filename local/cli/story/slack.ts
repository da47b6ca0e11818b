import { createColors } from 'picocolors';
import { wrapped, wrappedAfter, type Row } from '../../../scripts/terminal/row.ts';
import type { Block } from '../../slack/block.ts';
import type { Shown } from '../../slack/shown.ts';
import { nameOf, renderMrkdwn } from './mrkdwn.ts';

/** The parts of a block that have words. */
interface Worded {
  readonly type?: string;
  readonly text?: { readonly text: string } | string;
  readonly elements?: readonly Worded[];
  readonly style?: string;
}

/** How a message is drawn: how many columns, and whether in colour. */
export interface Page {
  readonly columns: number;
  readonly isColoured: boolean;
}

const THREAD = '│ ';

/** Returns a message, or what a person did, as Slack shows it. */
export function slackRow(shown: Shown, page: Page): Omit<Row, 'at'> {
  if (shown.by === 'person') {
    const says = shown.does === 'types' ? shown.what : `presses [ ${shown.what} ]`;
    return { who: nameOf(shown.user), says, tone: 'strong' };
  }
  const where = [
    shown.to !== undefined && `only ${nameOf(shown.to)} sees this`,
    shown.isInThread && 'in the thread',
    shown.isChange && 'edits its message',
  ].filter((part) => part !== false);
  const margin = shown.isInThread ? THREAD : '';
  const lines = messageLines(shown.blocks, { ...page, columns: page.columns - margin.length });
  return {
    who: 'Lastgood',
    says: where.length === 0 ? 'in #oncall' : where.join(', '),
    tone: 'dim',
    lines: lines.map((line) => margin + line),
  };
}

/** Draws the blocks of a message, one below the other. */
export function messageLines(blocks: readonly Block[], page: Page): readonly string[] {
  return (blocks as readonly Worded[]).flatMap((block) => {
    if (block.type === 'actions') return wrapped(buttonsOf(block, page), page.columns);
    return textsOf(block).flatMap((text) =>
      renderMrkdwn(text, page.isColoured)
        .split('\n')
        .flatMap((line) => hanging(line, page.columns)),
    );
  });
}

/** Wraps a line. What follows a bullet stays behind it. */
function hanging(line: string, columns: number): readonly string[] {
  const [bullet = ''] = /^• /.exec(line) ?? [];
  return wrappedAfter(bullet, line.slice(bullet.length), columns);
}

function textsOf({ text, elements = [] }: Worded): readonly string[] {
  const own = text === undefined ? [] : [wordsIn(text)];
  return [...own, ...elements.flatMap(textsOf)];
}

function buttonsOf({ elements = [] }: Worded, { isColoured }: Page): string {
  const { inverse } = createColors(isColoured);
  return elements.map(({ text }) => inverse(`[ ${text === undefined ? '' : wordsIn(text)} ]`)).join('  ');
}

function wordsIn(text: { readonly text: string } | string): string {
  return typeof text === 'string' ? text : text.text;
}
