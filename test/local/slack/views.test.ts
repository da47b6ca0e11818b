import { describe, expect, it } from 'vitest';
import { areBlocks } from '../../../local/slack/block-shape.ts';
import { Triggers } from '../../../local/slack/triggers.ts';
import { Views } from '../../../local/slack/views.ts';
import { Random } from '@lastgood/embedded-aws/world/random.ts';
import { formView } from '../../../src/slack/form.ts';

const VIEW = formView('https://hooks.slack.com/actions/1');

function openViews() {
  const time = { now: 1_000_000 };
  const triggers = new Triggers(new Random(1), () => time.now);
  return { time, triggers, views: new Views(new Random(2), triggers) };
}

const open = ({ views }: ReturnType<typeof openViews>, trigger: string, view: unknown = VIEW) =>
  views.open({ trigger_id: trigger, view: JSON.stringify(view) });

describe('views.open', () => {
  it("opens Lastgood's form for the user of the trigger", () => {
    const opened = openViews();
    expect(open(opened, opened.triggers.issue('U0ADA'))).toMatchObject({ ok: true });
    expect(opened.views.openFor('U0ADA')).toMatchObject({ view: { callback_id: 'lastgood.form' } });
    expect(() => opened.views.openFor('U0EVE')).toThrow('no open form');
  });

  it('accepts a trigger for three seconds, and once', () => {
    const opened = openViews();
    const [first, second, third] = [1, 2, 3].map(() => opened.triggers.issue('U0ADA'));
    opened.time.now += 3_000;
    expect(open(opened, first ?? '')).toMatchObject({ ok: true });
    expect(open(opened, first ?? '')).toEqual({ ok: false, error: 'exchanged_trigger_id' });
    opened.time.now += 1;
    expect(open(opened, second ?? '')).toEqual({ ok: false, error: 'expired_trigger_id' });
    expect(open(opened, third ?? '', { ...VIEW, title: undefined })).toMatchObject({
      error: 'invalid_arguments',
    });
    expect(open(opened, 'made up')).toEqual({ ok: false, error: 'invalid_trigger_id' });
  });

  const plain = (text: string) => ({ type: 'plain_text', text });
  const [block] = VIEW.blocks;
  it.each([
    ['a title of more than 24 characters', { ...VIEW, title: plain('x'.repeat(25)) }],
    ['no button that sends it', { ...VIEW, submit: undefined }],
    ['metadata of more than 3000 characters', { ...VIEW, private_metadata: 'x'.repeat(3001) }],
    ['no blocks', { ...VIEW, blocks: [] }],
    [
      'more than 100 blocks',
      { ...VIEW, blocks: Array.from({ length: 101 }, () => ({ ...block, block_id: undefined })) },
    ],
    ['two blocks of one name', { ...VIEW, blocks: [block, block] }],
    ['a label of another type', { ...VIEW, blocks: [{ ...block, label: { type: 'mrkdwn', text: 'x' } }] }],
    ['an unknown field', { ...VIEW, blocks: [{ ...block, colour: 'red' }] }],
    ['an element that is not modelled', { ...VIEW, blocks: [{ ...block, element: { type: 'datepicker' } }] }],
    ['no JSON', 7],
  ])('refuses %s, and leaves the trigger as it was', (_, view) => {
    const opened = openViews();
    const trigger = opened.triggers.issue('U0ADA');
    expect(open(opened, trigger, view)).toMatchObject({ ok: false, error: 'invalid_arguments' });
    expect(open(opened, trigger)).toMatchObject({ ok: true });
  });

  it('refuses a view of more than 250 kB', () => {
    const opened = openViews();
    const view = { ...VIEW, private_metadata: 'x'.repeat(250_000) };
    expect(open(opened, opened.triggers.issue('U0ADA'), view)).toEqual({
      ok: false,
      error: 'view_too_large',
    });
  });
});

describe('the blocks of a message', () => {
  const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
  const button = (action_id: string, label = 'Go', value = '') => ({
    type: 'button',
    action_id,
    text: { type: 'plain_text', text: label },
    value,
  });
  const actions = (...elements: object[]) => ({ type: 'actions', elements });

  it.each([
    [true, [section('x'.repeat(3000)), actions(button('a'), button('b'))]],
    [true, Array.from({ length: 50 }, () => section('x'))],
    [false, Array.from({ length: 51 }, () => section('x'))],
    [false, [section('x'.repeat(3001))]],
    [false, [section('')]],
    [false, [actions(button('a'), button('a'))]],
    [false, [actions(button('a', 'x'.repeat(76)))]],
    [false, [actions(button('a', 'Go', 'x'.repeat(2001)))]],
    [false, [actions(...Array.from({ length: 26 }, (_, i) => button(String(i))))]],
    [false, [{ type: 'marquee' }]],
    [false, undefined],
  ])('%s', (are, blocks) => {
    expect(areBlocks(blocks)).toBe(are);
  });
});
