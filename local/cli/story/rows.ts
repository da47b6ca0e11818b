import { News } from '../../../scripts/phases/news.ts';
import { tidy } from '../../../scripts/terminal/tidy.ts';
import type { Row } from '../../../scripts/terminal/row.ts';
import type { About, Moment } from '../../scenarios/moment.ts';
import { withNames } from './mrkdwn.ts';

export interface RowOptions {
  /** The target that the story is about: only others are named. */
  readonly target: string;
  /** Shows every poll, every step of AWS and Lastgood's own alarms. */
  readonly isVerbose: boolean;
}

/** A release, or a change that was made while its users hurt: a fix of a person, or a way back of theirs. */
export interface Release {
  readonly at: string;
  readonly isChange: boolean;
}

type Shown = Pick<Row, 'who' | 'says'> & Partial<Row>;

const OWN_ALARM = /^lastgood-/;

/** Turns the happenings of a story into the rows of its timeline: one a phase, not one a poll. */
export class Rows {
  readonly #options: RowOptions;
  readonly #news = new Map<string, News>();
  readonly #red = new Set<string>();
  readonly #releases: Release[] = [];
  readonly #planned = new Set<string>();
  #isHurting = false;

  constructor(options: RowOptions) {
    this.#options = options;
  }

  /** Returns when the newest release began; null before one. Changes while users hurt are none. */
  get releasedAt(): string | null {
    return this.#releases.findLast(({ isChange }) => !isChange)?.at ?? null;
  }

  get releases(): readonly Release[] {
    return this.#releases;
  }

  /** Returns the row, or null where the timeline leaves it out. */
  rowOf({ at, what, about }: Moment): Row | null {
    if (about.kind === 'users') this.#isHurting = !about.areServed;
    if (about.kind === 'release')
      this.#releases.push({ at, isChange: this.#isHurting && this.releasedAt !== null });
    const shown = this.#shownOf(what, about);
    if (shown === null) return null;
    const { releasedAt } = this;
    const since = releasedAt === null ? null : secondsBetween(releasedAt, at);
    const tone = shown.tone ?? (since === null ? 'dim' : 'plain');
    return { at, since, ...shown, says: readable(shown.says), tone };
  }

  #shownOf(what: string, about: About): Shown | null {
    switch (about.kind) {
      case 'release':
        return {
          who: this.#releases.at(-1)?.isChange === true ? 'change' : 'release',
          says: wordsAfter('release ', what),
          tone: 'strong',
        };
      case 'users':
        return { who: 'users', says: wordsAfter('users ', what), tone: about.areServed ? 'good' : 'bad' };
      case 'alarm':
        return this.#alarm(about);
      case 'aws':
        return about.isEnd || this.#options.isVerbose
          ? { who: about.service, says: wordsAfter(`${about.service} `, about.says) }
          : null;
      case 'write':
        return writeOf(about);
      case 'phase':
        return this.#phase(about);
      case 'slack':
        return null;
      case 'note':
        return { who: '', says: what };
    }
  }

  /** Leaves out that an alarm found its first data, and Lastgood's own alarms while they are quiet. */
  #alarm({ name, state }: Extract<About, { kind: 'alarm' }>): Shown | null {
    const wasRed = this.#red.has(name);
    if (state === 'ALARM') this.#red.add(name);
    if (state === 'OK') this.#red.delete(name);
    const isNews = state === 'ALARM' || (state === 'OK' && wasRed);
    if (!isNews && !this.#options.isVerbose) return null;
    const own = OWN_ALARM.test(name) ? ", one of Lastgood's own," : '';
    return {
      who: 'alarm',
      says: `${name}${own} is ${state}`,
      ...(isNews && { tone: state === 'ALARM' ? ('bad' as const) : ('good' as const) }),
    };
  }

  #phase({ phase, target, execution }: Extract<About, { kind: 'phase' }>): Shown | null {
    const news = this.#news.get(execution) ?? new News();
    this.#news.set(execution, news);
    const { isVerbose } = this.#options;
    if (phase.name === 'Plan') this.#planned.add(execution);
    const isNew = news.isNew(phase);
    if (!isVerbose && (phase.isPoll || !isNew)) return null;
    const { name, says, points, tone } = phase;
    return {
      who: name,
      says: target === this.#options.target ? says : `${target}: ${says}`,
      // The summary has the reason of each rollback that was planned.
      points: name === 'Report' && this.#planned.has(execution) ? [] : points.map(readable),
      tone,
    };
  }
}

function readable(text: string): string {
  return tidy(withNames(text));
}

function writeOf({ role, operation, error }: Extract<About, { kind: 'write' }>): Shown {
  const by = role.replace(/^lastgood-[a-z0-9]+-/, '').replace(/-[a-z]{2}-[a-z]+-\d-role$/, '');
  return error === undefined
    ? { who: 'write', says: `${operation}, by ${by}`, tone: 'strong' }
    : { who: 'write', says: `${operation}, by ${by}, is refused: ${error}`, tone: 'bad' };
}

function wordsAfter(start: string, text: string): string {
  return text.startsWith(start) ? text.slice(start.length) : text;
}

export function secondsBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
}
