import { describe, expect, it } from 'vitest';
import { CannotSay, Forbidden } from '../../../scripts/command-line/status.ts';
import { deploy, type Steps } from '../../../scripts/deploy/deploy.ts';
import type { Checked } from '../../../scripts/deploy/permissions.ts';

const place = { stage: 'prod', region: 'eu-west-1' };
const caller = { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/ada' };

function steps(over: Partial<Steps> = {}) {
  const done: string[] = [];
  const said: string[] = [];
  const step = (name: string) => () => Promise.resolve(void done.push(name));
  const all: Steps = {
    identify: () => Promise.resolve(caller),
    check: () => Promise.resolve({ is: 'checked', missing: [] }),
    install: step('install'),
    protect: step('protect'),
    say: (line) => said.push(line),
    ...over,
  };
  return { all, done, said };
}

const checked = (answer: Checked) => ({ check: () => Promise.resolve(answer) });

describe('a deployment', () => {
  it('says where it goes, and protects the ledger after it succeeded', async () => {
    const { all, done, said } = steps();
    await deploy(place, ['hosts', 'topic'], all);
    expect(done).toEqual(['install', 'protect']);
    expect(said[0]).toBe(
      "Lastgood's stage prod goes into account 111122223333 in eu-west-1, as arn:aws:iam::111122223333:user/ada.",
    );
    expect(said[1]).toBe('params.yml sets hosts, topic for this stage.');
  });

  it('builds nothing without credentials', async () => {
    const { all, done } = steps({ identify: () => Promise.reject(new CannotSay('no credentials')) });
    await expect(deploy(place, [], all)).rejects.toThrow('no credentials');
    expect(done).toEqual([]);
  });

  it('builds nothing while a permission is missing, and names it in one line', async () => {
    const missing = Array.from({ length: 10 }, (_, n) => `iam:Action${n}`);
    const { all, done } = steps(checked({ is: 'checked', missing }));
    const error = await deploy(place, [], all).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Forbidden);
    expect((error as Error).message).toMatch(
      /^arn:\S+ may not call iam:Action0, .*, iam:Action7 and 2 more\. docs\/deployer-policy\.json .*$/,
    );
    expect(done).toEqual([]);
  });

  it('goes on where IAM cannot be asked, and says so', async () => {
    const { all, done, said } = steps(checked({ is: 'unchecked', because: 'AccessDenied: no' }));
    await deploy(place, [], all);
    expect(done).toEqual(['install', 'protect']);
    expect(said.slice(1, 3)).toEqual([
      'params.yml sets nothing for this stage.',
      'Whether these credentials suffice was not checked: AccessDenied: no. Going on.',
    ]);
  });

  it('leaves the tables unprotected when it fails, so that CloudFormation can delete those that it created', async () => {
    const { all, done } = steps({ install: () => Promise.reject(new Error('rolled back')) });
    await expect(deploy(place, [], all)).rejects.toThrow('rolled back');
    expect(done).toEqual([]);
  });
});
