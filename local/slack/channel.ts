import type { Random } from '@lastgood/embedded-aws/world/random.ts';
import { SECRET_MARK } from '@lastgood/embedded-aws/world/secret-mark.ts';
import { readBlocks } from './block-shape.ts';
import type { Block } from './block.ts';
import { Files } from './files.ts';
import { refuse, type Refusal } from './refusal.ts';
import type { Shown } from './shown.ts';
import { Triggers } from './triggers.ts';
import { Views } from './views.ts';

export interface Posted {
  readonly ts: string;
  readonly thread?: string | undefined;
  text: string;
  blocks: readonly Block[];
  /** Number of updates. */
  updates: number;
}

/** A message that only one person sees. */
export interface Whisper {
  readonly to: string;
  readonly at: number;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly replaces: boolean;
}

type ByApp = Extract<Shown, { readonly by: 'app' }>;

interface Hook {
  readonly user: string;
  readonly until: number;
  left: number;
}

const HALF_AN_HOUR_MS = 30 * 60_000;

/** One channel of a workspace, as its members see it. */
export class Channel {
  readonly id: string;
  readonly posted: Posted[] = [];
  readonly whispers: Whisper[] = [];
  readonly files: Files;
  /** Members of user groups, by group. */
  readonly groups = new Map<string, readonly string[]>();
  /** URL of the server, set when it listens. */
  origin = '';
  /** Called with every message, every change of one, and all that people type and press. */
  onShow: ((what: string, shown: Shown) => void) | undefined;
  readonly #hooks = new Map<string, Hook>();
  readonly triggers: Triggers;
  readonly views: Views;
  readonly #random: Random;

  constructor(id: string, random: Random, now: () => number) {
    this.id = id;
    this.#random = random;
    this.triggers = new Triggers(random, now);
    this.views = new Views(random, this.triggers);
    this.files = new Files(random);
  }

  post(text: string, blocks: readonly Block[], now: number, thread?: string): Posted {
    const ts = `${Math.floor(now / 1000)}.${String(this.posted.length + 1).padStart(6, '0')}`;
    const message: Posted = { ts, thread, text, blocks, updates: 0 };
    this.posted.push(message);
    this.#show(blocks, { isInThread: thread !== undefined });
    return message;
  }

  find(ts: string): Posted | undefined {
    return this.posted.find((message) => message.ts === ts);
  }

  update(message: Posted, text: string, blocks: readonly Block[]): void {
    Object.assign(message, { text, blocks, updates: message.updates + 1 });
    this.#show(blocks, { isInThread: message.thread !== undefined, isChange: true });
  }

  /** Returns a new answer URL for a person. */
  hookFor(user: string, now: number): string {
    const path = `/hooks/${SECRET_MARK}${this.#random.hex(24)}`;
    this.#hooks.set(path, { user, until: now + HALF_AN_HOUR_MS, left: 5 });
    return this.origin + path;
  }

  whisper(
    path: string,
    {
      text,
      blocks,
      replace_original: replaces,
    }: { text: string; blocks: unknown; replace_original: boolean },
    now: number,
  ): Refusal | null {
    const hook = this.#hooks.get(path);
    if (hook === undefined || hook.until < now) return refuse('expired_url');
    if (hook.left-- <= 0) return refuse('used_url');
    const read = readBlocks(blocks);
    if ('error' in read) return read;
    this.whispers.push({ to: hook.user, at: now, text, blocks: read, replaces });
    this.#show(read, { to: hook.user });
    return null;
  }

  /** Shows what a person does. */
  showPerson(user: string, does: 'types' | 'presses', what: string): void {
    this.onShow?.(`${user} ${does} ${what}`, { by: 'person', user, does, what });
  }

  #show(blocks: readonly Block[], how: Partial<Omit<ByApp, 'by' | 'blocks'>>): void {
    const shown: ByApp = { by: 'app', isInThread: false, isChange: false, ...how, blocks };
    const to = shown.to === undefined ? '' : `(only ${shown.to} sees this) `;
    const marks = `${shown.isInThread ? '  ↳ ' : ''}${shown.isChange ? '(changed) ' : ''}`;
    this.onShow?.(`${to}${marks}${wordsOf(blocks)}`, shown);
  }
}

interface Texts {
  readonly text?: { readonly text: string } | string;
  readonly elements?: readonly Texts[];
}

/** Returns all words of a message, as a terminal shows them; buttons in brackets. */
export function wordsOf(blocks: readonly Block[]): string {
  return (blocks as readonly Texts[])
    .flatMap(({ text, elements = [] }) => [
      ...(text === undefined ? [] : [typeof text === 'string' ? text : text.text]),
      ...elements.map((element) =>
        typeof element.text === 'string' ? element.text : `[${element.text?.text ?? ''}]`,
      ),
    ])
    .join('\n      ');
}
