import type { Clock } from '@lastgood/embedded-aws/world/clock.ts';
import { readBlocks } from './block-shape.ts';
import type { Channel } from './channel.ts';
import { parsed } from './json.ts';
import { refuse, type Refusal } from './refusal.ts';

type Form = Readonly<Record<string, string>>;
type Method = (form: Form, channel: Channel, clock: Clock) => object | Refusal;

/** The methods of the Web API that are modelled: https://docs.slack.dev/reference/methods */
export const METHODS: Readonly<Record<string, Method>> = {
  'chat.postMessage': (form, channel, clock) => {
    if (form['channel'] !== channel.id) return refuse('channel_not_found');
    const blocks = readBlocks(parsed(form['blocks'] ?? ''));
    if ('error' in blocks) return blocks;
    const thread = form['thread_ts'];
    if (thread !== undefined && channel.find(thread) === undefined) return refuse('thread_not_found');
    const { ts } = channel.post(form['text'] ?? '', blocks, clock.now(), thread);
    return { ok: true, channel: channel.id, ts };
  },
  'chat.update': (form, channel) => {
    const message = channel.find(form['ts'] ?? '');
    if (message === undefined) return refuse('message_not_found');
    const blocks = readBlocks(parsed(form['blocks'] ?? ''));
    if ('error' in blocks) return blocks;
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
