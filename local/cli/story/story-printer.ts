import type { Traffic, Served } from '@lastgood/embedded-aws/world/traffic.ts';
import { textOf } from '../../../scripts/phases/phase.ts';
import { footerOf, type Footer } from '../../../scripts/terminal/footer.ts';
import { columnsOf, isColoured, painter } from '../../../scripts/terminal/paint.ts';
import { headOf, indentOf, linesOf, type Look, type Row } from '../../../scripts/terminal/row.ts';
import { tidy } from '../../../scripts/terminal/tidy.ts';
import type { Audience } from '../../scenarios/journal.ts';
import type { Result } from '../../scenarios/result.ts';
import type { Moment } from '../../scenarios/moment.ts';
import { Rows, type RowOptions } from './rows.ts';
import { slackRow } from './slack.ts';
import { summaryOf } from './summary.ts';
import { cellsOf, servedBars } from './traffic.ts';

export interface StoryPrinterOptions extends RowOptions {
  /** Shows only the conversation in Slack, and the releases that it is about. */
  readonly isConversation?: boolean;
}

/** Milliseconds that the line of traffic shows before the release. */
const BEFORE_MS = 60_000;
/** States and calls are seen up to a second after AWS's events, so rows wait until they are in order. */
const WAIT_MS = 2_000;

/** Shows a story in the terminal while it is played, and its end. */
export class StoryPrinter {
  readonly #options: StoryPrinterOptions;
  readonly #rows: Rows;
  readonly #look: Look;
  readonly #isColoured: boolean;
  readonly #footer: Footer | null;
  readonly #out: NodeJS.WriteStream;
  #waiting: Row[] = [];
  #traffic: Traffic | null = null;
  #doing = '';
  readonly #provenAt: string[] = [];

  constructor(options: StoryPrinterOptions, out: NodeJS.WriteStream = process.stdout) {
    this.#options = options;
    this.#rows = new Rows(options);
    this.#out = out;
    this.#isColoured = isColoured(out);
    this.#look = { columns: columnsOf(out), paint: painter(this.#isColoured) };
    this.#footer = footerOf(out);
    this.#print(['', headOf(this.#look)]);
  }

  /** Returns what a play calls. */
  get audience(): Audience {
    return {
      onHappening: (moment) => this.#hear(moment),
      onSecond: (traffic, now) => this.#lookAt(traffic, now),
    };
  }

  #hear(moment: Moment): void {
    const { about, at } = moment;
    if (about.kind === 'phase') {
      this.#doing = `${about.phase.name}  ${tidy(textOf(about.phase))}`;
      if (about.phase.name === 'Verify' && about.phase.says.startsWith('proven')) this.#provenAt.push(at);
    }
    const row = this.#rows.rowOf(moment);
    if (about.kind === 'slack') {
      const columns = this.#look.columns - indentOf({ since: null });
      this.#waiting.push({
        at,
        since: this.#since(at),
        ...slackRow(about.shown, { columns, isColoured: this.#isColoured }),
      });
    } else if (row !== null && (about.kind === 'release' || this.#options.isConversation !== true)) {
      this.#waiting.push(row);
    }
  }

  #lookAt(traffic: Traffic, now: string): void {
    this.#traffic = traffic;
    this.#flush(Date.parse(now) - WAIT_MS);
    this.#footer?.show(() => this.#live(now));
  }

  /** Prints the end: the outcome, the traffic and the figures. */
  end(result: Result): void {
    this.#flush(Infinity);
    this.#footer?.end();
    const { releases } = this.#rows;
    const ended = { result, history: this.#history(), releases, provenAt: this.#provenAt };
    for (const line of summaryOf(ended, this.#look)) this.#out.write(`${line}\n`);
  }

  /** Removes what is drawn in place, also when the story breaks off. */
  close(): void {
    this.#footer?.end();
  }

  #history(): readonly Served[] {
    return this.#traffic?.history() ?? [];
  }

  #since(at: string): number | null {
    const { releasedAt } = this.#rows;
    return releasedAt === null
      ? null
      : Math.max(0, Math.round((Date.parse(at) - Date.parse(releasedAt)) / 1000));
  }

  /** Prints the rows until an instant, in milliseconds, in the order of time. */
  #flush(until: number): void {
    const due = this.#waiting.filter(({ at }) => Date.parse(at) <= until);
    if (due.length === 0) return;
    this.#waiting = this.#waiting.filter((row) => !due.includes(row));
    for (const row of due.toSorted((one, other) => one.at.localeCompare(other.at)))
      this.#print(linesOf(row, this.#look));
  }

  #print(lines: readonly string[]): void {
    if (this.#footer !== null) this.#footer.print(lines);
    else for (const line of lines) this.#out.write(`${line}\n`);
  }

  /** Returns the line that grows: the users so far, the time, and the state of the rollback. */
  #live(now: string): string {
    const { columns, paint } = this.#look;
    const { releasedAt } = this.#rows;
    const history = this.#history();
    const first = history[0]?.at.getTime() ?? Date.parse(now);
    const from = releasedAt === null ? first : Date.parse(releasedAt) - BEFORE_MS;
    const cells = cellsOf(history, from, Date.parse(now), columns - 20);
    const doing = this.#doing.slice(0, columns - 16);
    return `users ${servedBars(cells, paint)}\n  ${paint('dim', now.slice(11, 19))}  ${doing}`;
  }
}
