import { describe, expect, it } from 'vitest';
import { Forbidden } from '../../../scripts/command-line/status.ts';
import { remove, type Steps } from '../../../scripts/deploy/remove.ts';

const place = { stage: 'prod', region: 'eu-west-1' };
const TABLES = ['lastgood-prod-ledger', 'lastgood-prod-claims'];

function steps(over: Partial<Steps> = {}) {
  const done: string[] = [];
  const said: string[] = [];
  const all: Steps = {
    identify: () => Promise.resolve({ account: '111122223333', arn: 'arn:aws:iam::111122223333:root' }),
    isInstalled: () => Promise.resolve(true),
    rulesOfOthers: () => Promise.resolve([]),
    confirm: (question) => {
      done.push(question);
      return Promise.resolve('prod');
    },
    uninstall: () => Promise.resolve(void done.push('uninstall')),
    deleteLedger: () => {
      done.push('delete ledger');
      return Promise.resolve(TABLES);
    },
    say: (line) => said.push(line),
    ...over,
  };
  return { all, done, said };
}

describe('a removal', () => {
  it('asks once, names stage, account and Region, and keeps the ledger', async () => {
    const { all, done, said } = steps();
    await remove(place, { withLedger: false }, all);
    expect(done).toEqual(['Type prod to go on: ', 'uninstall']);
    expect(said[0]).toBe("This removes Lastgood's stage prod from account 111122223333 in eu-west-1.");
    expect(said[1]).toMatch(
      /^It keeps lastgood-prod-ledger and lastgood-prod-claims, the bucket of the reports, the parameters below \/lastgood\/prod\//,
    );
  });

  it('deletes the ledger where it is asked to', async () => {
    const { all, done, said } = steps();
    await remove(place, { withLedger: true }, all);
    expect(done).toEqual(['Type prod to go on: ', 'uninstall', 'delete ledger']);
    expect(said.at(-1)).toBe('Removed, with lastgood-prod-ledger and lastgood-prod-claims.');
  });

  it('says that there was nothing, where neither the stack nor a table was left', async () => {
    const { all, said } = steps({
      isInstalled: () => Promise.resolve(false),
      deleteLedger: () => Promise.resolve([]),
    });
    await remove(place, { withLedger: true }, all);
    expect(said.at(-1)).toBe('There was nothing to remove.');
  });

  it.each(['', 'y', 'yes', 'PROD', 'test'])('removes nothing after the answer %j', async (answer) => {
    const { all, done } = steps({ confirm: () => Promise.resolve(answer) });
    await expect(remove(place, { withLedger: true }, all)).rejects.toThrow(Forbidden);
    expect(done).toEqual([]);
  });

  it('removes nothing while the bus has rules of others, which CloudFormation cannot delete', async () => {
    const { all, done } = steps({ rulesOfOthers: () => Promise.resolve(['to-pagerduty']) });
    const removal = remove(place, { withLedger: false }, all);
    await expect(removal).rejects.toThrow(
      'the bus lastgood-prod has rules of others, which must go first: to-pagerduty',
    );
    await expect(removal).rejects.toThrow(Forbidden);
    expect(done).toEqual([]);
  });

  it('asks nothing where nothing is installed, but deletes tables that were kept', async () => {
    const nothing = steps({ isInstalled: () => Promise.resolve(false) });
    await remove(place, { withLedger: false }, nothing.all);
    expect(nothing.done).toEqual([]);
    expect(nothing.said).toEqual(["Lastgood's stage prod is not in account 111122223333 in eu-west-1."]);
    const kept = steps({ isInstalled: () => Promise.resolve(false) });
    await remove(place, { withLedger: true }, kept.all);
    expect(kept.done).toEqual(['Type prod to go on: ', 'delete ledger']);
  });
});
