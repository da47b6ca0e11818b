import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkParameters } from '../../scripts/parameters.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'parameters-'));
  cpSync('serverless.yml', path.join(root, 'serverless.yml'));
  for (const name of ['functions', 'scripts', 'src', 'statemachines', 'node_modules', 'package.json'])
    symlinkSync(path.resolve(name), path.join(root, name));
});
afterEach(() => rmSync(root, { recursive: true }));

const say = (text: string) => writeFileSync(path.join(root, 'params.yml'), text);

describe('the parameters of a deployment', () => {
  it.each([
    [
      'prod: { acounts: "444455556666" }',
      /prod\.acounts is not known: there are accounts, organization, bundles, zones, doors/,
    ],
    ['prod: { accounts: 012345678901 }', /prod\.accounts must be a text/],
    ['default: { accounts: ["444455556666"] }', /default\.accounts must be a text/],
    ['prod:', /prod must have names and values/],
    ['', /params\.yml must have names and values/],
  ])('are refused in %j', (text, problem) => {
    say(text);
    expect(() => checkParameters(root)).toThrow(problem);
  });

  it('are empty as delivered', () => {
    expect(() => checkParameters('.')).not.toThrow();
    cpSync('params.yml', path.join(root, 'params.yml'));
    expect(deployed('prod')).toEqual({
      RequestingAccounts: '',
      RequestingOrganization: '',
      RevisionBuckets: '',
      Zones: '',
      DoorConcurrency: '',
    });
  });

  it('reach the stack of their stage at every deployment, without an option', () => {
    say(
      'default: { organization: o-a1b2c3d4e5 }\ntest: { accounts: "012345678901,444455556666", doors: "5" }',
    );
    checkParameters(root);
    expect(deployed('test')).toEqual({
      RequestingAccounts: '012345678901,444455556666',
      RequestingOrganization: 'o-a1b2c3d4e5',
      RevisionBuckets: '',
      Zones: '',
      DoorConcurrency: '5',
    });
    expect(deployed('prod')).toMatchObject({
      RequestingAccounts: '',
      RequestingOrganization: 'o-a1b2c3d4e5',
    });
  });
});

/** Returns the parameters of the stack as the Serverless Framework reads them. */
function deployed(stage: string): Record<string, string> {
  const args = ['print', '--stage', stage, '--format', 'json', '--path', 'provider.stackParameters'];
  const { stdout, stderr } = spawnSync(process.execPath, ['node_modules/.bin/osls', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off' },
  });
  if (stdout === '') throw new Error(stderr);
  const read = JSON.parse(stdout) as { ParameterKey: string; ParameterValue: string }[];
  return Object.fromEntries(read.map(({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue]));
}
