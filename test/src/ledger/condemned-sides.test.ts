import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { objections } from '../../../src/ledger/objections.ts';

const elb = 'elb:arn:aws:x';
const BLUE = 'checkout-blue/6d0ecf831eec9f09';
const GREEN = 'checkout-green/73e2d6bc24d8a067';
const V1 = 'a1b2c3d4e5f6';
const BAD = 'b2c3d4e5f6a1';
const FIX = 'c3d4e5f6a1b2';

const at = (minute: number) => `2026-11-22T03:${String(minute).padStart(2, '0')}:00.000Z`;

function condemned(minute: number, text: string, name: string, target = elb): Entry {
  const revision = { id: `${text} since ${at(minute)}`, name };
  return { state: 'condemned', target, revision, condemnedAt: at(minute + 3), evidence: [], execution: 'x' };
}

function observed(minute: number, text: string, target = elb): Entry {
  const times = { completedAt: at(minute), soakUntil: at(minute) };
  return { state: 'observed', target, deployment: `${text} since ${at(minute)}`, ...times };
}

function proven(minute: number, text: string, name: string, target = elb): Entry {
  const revision = { id: `${text} since ${at(minute)}`, name };
  return { state: 'proven', target, revision, completedAt: at(minute), provenAt: at(minute), evidence: [] };
}

const isRefused = (text: string, ...entries: readonly Entry[]) => objections(text, entries, null).length > 0;

describe('weights that give a condemned side traffic', () => {
  const bad = condemned(10, `${GREEN}=1@${BAD}`, 'checkout-green');
  const before = proven(0, `${BLUE}=1@${V1}`, 'checkout-blue');

  it.each([
    `${BLUE}=1 ${GREEN}=1`,
    `${BLUE}=99 ${GREEN}=1`,
    'checkout-blue=50 checkout-green=50',
    `${BLUE}=1@${V1} ${GREEN}=1@${BAD}`,
    '50 % checkout-blue and 50 % checkout-green',
    'checkout-green',
  ])('are refused: %s', (text) => {
    expect(isRefused(text, before, bad)).toBe(true);
  });

  it.each([
    `${BLUE}=1`,
    `${BLUE}=100 ${GREEN}=0`,
    `${BLUE}=1 ${GREEN}=1@${FIX}`,
    `${BLUE}=1 checkout-green-2/83e2d6bc24d8a067=1`,
    'checkout-blue',
    '50 % checkout-blue and 50 % checkout-green-2',
  ])('are not: %s', (text) => {
    expect(isRefused(text, before, bad)).toBe(false);
  });

  it('are refused with words that name the side', () => {
    expect(objections(`${BLUE}=1 ${GREEN}=1`, [before, bad], null)).toEqual([
      `checkout-green was taken back from ${elb} at ${at(13)}, by x, and these weights give checkout-green traffic. No other release was seen behind it since. Deploy a new revision.`,
    ]);
  });
});

describe('a canary that was condemned', () => {
  const before = observed(0, `${BLUE}=1@${V1}`);
  const canary = condemned(
    10,
    `${BLUE}=9@${V1} ${GREEN}=1@${BAD}`,
    '90 % checkout-blue and 10 % checkout-green',
  );

  it('condemns the side that it gave more', () => {
    expect(isRefused(`${GREEN}=1`, canary, before)).toBe(true);
    expect(isRefused(`${BLUE}=1 ${GREEN}=1`, canary, before)).toBe(true);
    expect(isRefused(`${BLUE}=1`, canary, before)).toBe(false);
  });

  it('is compared with another division before, and not with a second record of itself', () => {
    const twin = observed(9, `${BLUE}=9@${V1} ${GREEN}=1`);
    expect(isRefused(`${GREEN}=1`, canary, twin, before)).toBe(true);
  });

  it('is refused only as it was, where no division before is known', () => {
    expect(isRefused(`${GREEN}=1`, canary)).toBe(false);
    expect(isRefused(`${GREEN}=1 ${BLUE}=9`, canary)).toBe(true);
  });

  it('is refused by its whole id, whatever stands there now', () => {
    const fixed = observed(20, `${GREEN}=1@${FIX}`);
    expect(isRefused(canary.state === 'condemned' ? canary.revision.id : '', canary, before, fixed)).toBe(
      true,
    );
  });
});

describe('a condemned side', () => {
  const before = observed(0, `${BLUE}=1@${V1}`);
  const bad = condemned(10, `${GREEN}=1@${BAD}`, 'checkout-green');
  const unseen = condemned(10, `${GREEN}=1`, 'checkout-green');
  const half = `${BLUE}=1 ${GREEN}=1`;

  it.each<[string, boolean, readonly Entry[]]>([
    ['holds another release now', false, [bad, observed(20, `${BLUE}=9@${V1} ${GREEN}=1@${FIX}`)]],
    [
      'holds the same release again',
      true,
      [bad, observed(30, `${GREEN}=1@${BAD}`), observed(20, `${GREEN}=1@${FIX}`)],
    ],
    ['is not known to hold another', true, [bad, observed(20, `${GREEN}=1`)]],
    ['had another before', true, [bad, observed(5, `${BLUE}=9@${V1} ${GREEN}=1@${FIX}`)]],
    ['was proven with what AWS does not show', false, [unseen, proven(20, `${GREEN}=1`, 'checkout-green')]],
    ['was only seen with what AWS does not show', true, [unseen, observed(20, `${GREEN}=1`)]],
    ['got no traffic since', true, [bad, observed(20, `${BLUE}=1@${V1}`)]],
  ])('that %s', (_, refused, entries) => {
    expect(isRefused(half, before, ...entries)).toBe(refused);
    expect(isRefused(`${GREEN}=1`, before, ...entries)).toBe(refused);
  });

  it('is still refused with the content that was condemned', () => {
    expect(isRefused(`${BLUE}=1 ${GREEN}=1@${BAD}`, before, bad, observed(20, `${GREEN}=1@${FIX}`))).toBe(
      true,
    );
  });

  it('that got a new release in place is not the release before', () => {
    const inPlace = condemned(10, `${BLUE}=1@${BAD}`, 'checkout-blue');
    expect(isRefused(`${BLUE}=1@${V1} ${GREEN}=1`, before, inPlace)).toBe(false);
    expect(isRefused(`${BLUE}=1 ${GREEN}=1`, before, inPlace)).toBe(true);
  });
});

describe('the other kinds with weights', () => {
  it('Route 53: another share of the condemned record is refused', () => {
    const target = 'route53:Z1/shop/A';
    const before = observed(0, 'blue=255@1f0c22ab green%20side=0', target);
    const bad = condemned(10, 'blue=0 green%20side=255@2f0c22ab', 'green side', target);
    expect(isRefused('blue=128 green%20side=128', bad, before)).toBe(true);
    expect(isRefused('blue=255 green%20side=0', bad, before)).toBe(false);
  });

  it('VPC Lattice: a side goes by its name too', () => {
    const target = 'lattice:svc-1/listener-1';
    const bad = condemned(10, 'tg-0a1b2c3d4e5f60718=1', 'checkout-green', target);
    expect(isRefused('tg-0a1b2c3d4e5f60718=1 tg-1b2c3d4e5f6071829=1', bad)).toBe(true);
    expect(isRefused('50 % checkout-blue and 50 % checkout-green', bad)).toBe(true);
  });
});

describe('a share that was proven with the same behind it', () => {
  const half = proven(0, `${BLUE}=1@${V1} ${GREEN}=1@${FIX}`, '50 % checkout-blue and 50 % checkout-green');
  const shift = (green: string) =>
    condemned(10, `${BLUE}=4@${V1} ${GREEN}=6${green}`, '40 % checkout-blue and 60 % checkout-green');

  it('is not refused where only a larger one was condemned', () => {
    expect(isRefused('checkout-blue=50 checkout-green=50', half, shift(`@${FIX}`))).toBe(false);
    expect(isRefused(`${BLUE}=9 ${GREEN}=1`, half, shift(`@${FIX}`))).toBe(false);
  });

  it('is refused where it is larger, or something else may stand behind it', () => {
    expect(isRefused('checkout-blue=45 checkout-green=55', half, shift(`@${FIX}`))).toBe(true);
    expect(isRefused('checkout-blue=50 checkout-green=50', half, shift(`@${BAD}`))).toBe(true);
    expect(isRefused('checkout-blue=50 checkout-green=50', half, shift(''))).toBe(true);
  });
});
