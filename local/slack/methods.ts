import type { Clock } from '../world/clock.ts';
import { areTooLong } from './block-shape.ts';
import type { Block, Channel } from './channel.ts';
import { refuse, type Refusal } from './refusal.ts';

type Form = Readonly<Record<string, string>>;
type Method = (form: Form, channel: Channel, clock: Clock) => object | Refusal;

/** The methods of the Web API that are modelled: https://docs.slack.dev/reference/methods */
export const METHODS: Readonly<Record<string, Method>> = {
  'chat.postMessage': (form, channel, clock) => {
    if (form['channel'] !== channel.id) return refuse('channel_not_found');
    const blocks = blocksOf(form);
    if (blocks === null) return refuse('invalid_blocks');
    if (areTooLong(blocks)) return refuse('msg_blocks_too_long');
    const thread = form['thread_ts'];
    if (thread !== undefined && channel.find(thread) === undefined) return refuse('thread_not_found');
    const { ts } = channel.post(form['text'] ?? '', blocks, clock.now(), thread);
    return { ok: true, channel: channel.id, ts };
  },
  'chat.update': (form, channel) => {
    const message = channel.find(form['ts'] ?? '');
    if (message === undefined) return refuse('message_not_found');
    const blocks = blocksOf(form);
    if (blocks === null) return refuse('invalid_blocks');
    if (areTooLong(blocks)) return refuse('msg_blocks_too_long');
    channel.update(message, form['text'] ?? '', blocks);
    return { ok: true, channel: channel.id, ts: message.ts };
  },
  'views.open': (form, channel) => channel.views.open(form),
  'usergroups.users.list': ({ usergroup = '' }, channel) => {
    const users = channel.groups.get(usergroup);
    return users === undefined ? refuse('no_such_subteam') : { ok: true, users };
  },
  'files.getUploadURLExternal': (form, channel) => channel.files.announce(form, channel.origin),
  'files.completeUploadExternal': (form, channel) =>
    channel.files.complete(form, channel.id, (ts) => {
      const message = channel.find(ts);
      return message !== undefined && message.thread === undefined;
    }),
};

/** 50 blocks with 3000 characters each: https://docs.slack.dev/reference/block-kit/blocks */
function blocksOf(form: Form): readonly Block[] | null {
  const blocks = JSON.parse(form['blocks'] ?? '[]') as readonly Block[];
  const texts = blocks.map(({ text }) => (text as { text: string } | undefined)?.text ?? '-');
  const fit = texts.every((text) => text.length >= 1 && text.length <= 3000);
  return blocks.length <= 50 && fit ? blocks : null;
}
