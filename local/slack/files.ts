import type { Random } from '@lastgood/embedded-aws/world/random.ts';
import { parsed } from './json.ts';
import { refuse, type Refusal } from './refusal.ts';

interface File {
  readonly name: string;
  /** Bytes, as announced. */
  readonly length: number;
  content: Buffer | null;
  isComplete: boolean;
}

/** A file that was shared in a thread. */
export interface Shared {
  readonly thread: string | undefined;
  readonly title: string;
  readonly name: string;
  readonly content: Buffer;
}

type Form = Readonly<Record<string, string>>;

/**
 * Files of a channel: announced, uploaded to an address of their own, completed.
 * https://docs.slack.dev/messaging/working-with-files
 */
export class Files {
  /** In the order of sharing. */
  readonly shared: Shared[] = [];
  /** An administrator may disable uploads. */
  areDisabled = false;
  /** Called with every file when it is shared. */
  onShare: ((file: Shared) => void) | undefined;
  readonly #files = new Map<string, File>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /**
   * Announces a file. A missing length, or 0, is `missing_argument`:
   * https://docs.slack.dev/reference/methods/files.getUploadURLExternal
   */
  announce({ filename = '', length = '' }: Form, origin: string): object | Refusal {
    if (this.areDisabled) return refuse('file_uploads_disabled');
    if (filename === '' || Number(length) === 0) return refuse('missing_argument');
    if (!/^\d+$/.test(length)) return refuse('invalid_arguments');
    const id = `F${this.#random.hex(10).toUpperCase()}`;
    this.#files.set(id, { name: filename, length: Number(length), content: null, isComplete: false });
    return { ok: true, file_id: id, upload_url: `${origin}/upload/${id}` };
  }

  /**
   * Returns the status: 200, or another one when the upload failed. Slack does not document its answer to a body of
   * another length than announced; here it fails.
   */
  upload(id: string, method: string, bytes: Buffer): number {
    const file = this.#files.get(id);
    if (file === undefined || file.isComplete) return 404;
    if (method !== 'POST' || bytes.length !== file.length) return 400;
    file.content = bytes;
    return 200;
  }

  /**
   * Completes a file, once: https://docs.slack.dev/reference/methods/files.completeUploadExternal
   * @param isParent returns whether a message is in the channel and is no reply. The page forbids replies and does not
   * document the error
   */
  complete(form: Form, channel: string, isParent: (ts: string) => boolean): object | Refusal {
    const { channel_id: where, thread_ts: thread } = form;
    const given = filesOf(form['files']);
    if (given === null) return refuse('invalid_arguments');
    if (where !== undefined && where !== channel) return refuse('invalid_channel');
    if (thread !== undefined && (where === undefined || !isParent(thread)))
      return refuse('invalid_arguments');
    const ready = given.map(({ id, title }) => ({ id, title, file: this.#files.get(id) }));
    for (const { file } of ready)
      if (file === undefined || file.content === null || file.isComplete) return refuse('file_not_found');
    for (const { title, file } of ready) if (file !== undefined) this.#share(file, title, where, thread);
    return { ok: true, files: given };
  }

  /** Shares a file. Without a channel it stays private. */
  #share(file: File, title: string | undefined, where: string | undefined, thread: string | undefined): void {
    file.isComplete = true;
    if (where === undefined || file.content === null) return;
    const shared = { thread, title: title ?? file.name, name: file.name, content: file.content };
    this.shared.push(shared);
    this.onShare?.(shared);
  }
}

function filesOf(text = ''): readonly { readonly id: string; readonly title?: string }[] | null {
  const files = parsed(text);
  const isFile = (file: unknown) => typeof (file as { id?: unknown } | null)?.id === 'string';
  return Array.isArray(files) && files.length > 0 && files.every(isFile) ? (files as { id: string }[]) : null;
}
