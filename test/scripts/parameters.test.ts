import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkParameters, parametersFor } from '../../scripts/parameters.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'parameters-'));
  cpSync('serverless.yml', path.join(root, 'serverless.yml'));
  for (const name of ['functions', 'scripts', 'src', 'statemachines', 'node_modules', 'package.json'])
    symlinkSync(path.resolve(name), path.join(root, name));
});
afterEach(() => rmSync(root, { recursive: true }));

const say = (text: string) => writeFileSync(path.join(root, 'params.yml'), text);

/** The parameters of the stack without values in params.yml. */
const NONE = {
  RequestingAccounts: '',
  RequestingOrganization: '',
  RevisionBuckets: '',
  PassableRoles: '',
  ImageParameters: '',
  LogGroups: '',
  InternalHosts: '',
  StormTargets: '5',
  ReportDays: '400',
  Zones: '',
  DoorConcurrency: '',
  PermissionsBoundary: '',
  NotificationTopic: '',
  EncryptionKey: '',
};

describe('the parameters of a deployment', () => {
  it.each([
    [
      'prod: { acounts: "444455556666" }',
      /prod\.acounts is not known: there are tags, accounts, organization, bundles, zones, roles, images, logs, hosts, storm, doors, reports, boundary, topic, key/,
    ],
    ['default: {}\ndefault: {}', /params\.yml is not YAML: Map keys must be unique at line 2, column 1$/],
    [
      'default:\n  tags: "team=shop',
      /params\.yml is not YAML: Missing closing "quote at line \d+, column \d+$/,
    ],
    ['\tdefault: {}', /params\.yml is not YAML: Tabs are not allowed as indentation at line 1/],
    ['default: {}\n---\nprod: {}', /params\.yml is not YAML: .*multiple documents/],
    ['prod: *other', /params\.yml is not YAML: Unresolved alias.*: other$/],
    ['prod: { accounts: !Ref Accounts }', /params\.yml is not YAML: Unresolved tag: !Ref at line 1/],
    ['prod: { accounts: 012345678901 }', /prod\.accounts must be a text/],
    ['default: { accounts: ["444455556666"] }', /default\.accounts must be a text/],
    ['prod: { accounts: "44445555666" }', /prod\.accounts must be ids of accounts/],
    ['prod: { organization: shop }', /prod\.organization must be the id of an organization/],
    ['prod: { bundles: checkout-bundles }', /prod\.bundles must be ARNs of buckets/],
    [
      'prod: { boundary: "arn:aws:iam::111122223333:role/x" }',
      /boundary must be the ARN of a managed policy/,
    ],
    ['prod: { topic: on-call }', /prod\.topic must be the ARN of an SNS topic/],
    ['prod: { topic: "arn:aws:sns:eu-west-1:111122223333:on-call.fifo" }', /not of a FIFO topic/],
    [
      'prod: { key: "arn:aws:kms:eu-west-1:111122223333:alias/x" }',
      /must be the ARN of a KMS key, and not of an/,
    ],
    ['prod: { roles: checkout }', /prod\.roles must be ARNs of roles/],
    ['prod: { images: golden }', /prod\.images must be ARNs of parameters/],
    ['prod: { hosts: "https://x.internal/y" }', /prod\.hosts must be names or addresses of hosts/],
    ['prod: { doors: "0" }', /prod\.doors must be a number of executions/],
    ['prod: { tags: team }', /prod\.tags must be tags such as/],
    ['prod: { tags: "lastgood=auto" }', /without lastgood/],
    ['prod: { tags: "team=shop,aws:x=y" }', /without lastgood/],
    ['prod:', /prod must have names and values/],
    ['', /params\.yml must have names and values/],
  ])('are refused in %j', (text, problem) => {
    say(text);
    expect(() => checkParameters(root)).toThrow(problem);
  });

  it('are missing without the file', () => {
    expect(() => checkParameters(root)).toThrow('params.yml is missing: "default: {}" is enough');
  });

  it.each([
    ['topic', 'arn:aws:sns:us-east-1:111122223333:on-call'],
    ['key', 'arn:aws:kms:us-east-1:111122223333:key/1234'],
  ])('name a %s of the Region of the deployment', (name, arn) => {
    const check = (text: unknown, stage: string, region: string) => {
      say(JSON.stringify(text));
      return () => checkParameters(root, { stage, region });
    };
    const problem = (stage: string) =>
      `params.yml: ${stage}.${name} is in us-east-1, and the stack in eu-west-1`;
    expect(check({ prod: { [name]: arn } }, 'prod', 'eu-west-1')).toThrow(problem('prod'));
    expect(check({ default: { [name]: arn } }, 'prod', 'eu-west-1')).toThrow(problem('default'));
    expect(check({ prod: { [name]: arn } }, 'prod', 'us-east-1')).not.toThrow();
    expect(check({ prod: { [name]: arn } }, 'dev', 'eu-west-1')).not.toThrow();
    expect(check({ default: { [name]: arn }, prod: { [name]: '' } }, 'prod', 'eu-west-1')).not.toThrow();
  });

  it('are empty as delivered, but for what a storm is', () => {
    expect(() => checkParameters('.')).not.toThrow();
    cpSync('params.yml', path.join(root, 'params.yml'));
    expect(deployed('prod')).toEqual(NONE);
  });

  it('are named for a stage, those of the default too, and a misspelt stage has only these', () => {
    say('default: { organization: o-a1b2c3d4e5, hosts: "" }\ntest: { accounts: "444455556666" }');
    expect(parametersFor(root, 'test')).toEqual(['organization', 'accounts']);
    expect(parametersFor(root, 'tset')).toEqual(['organization']);
  });

  it('reach the stack of their stage at every deployment, without an option', () => {
    say(
      'default: { organization: o-a1b2c3d4e5 }\ntest: { accounts: "012345678901,444455556666", hosts: "*.internal", doors: "5" }',
    );
    checkParameters(root);
    expect(deployed('test')).toEqual({
      ...NONE,
      RequestingAccounts: '012345678901,444455556666',
      RequestingOrganization: 'o-a1b2c3d4e5',
      InternalHosts: '*.internal',
      DoorConcurrency: '5',
    });
    expect(deployed('prod')).toMatchObject({
      RequestingAccounts: '',
      RequestingOrganization: 'o-a1b2c3d4e5',
    });
  });

  it('apply to every resource: boundary, topic, key and tags', () => {
    const boundary = 'arn:aws:iam::111122223333:policy/boundary';
    const topic = 'arn:aws:sns:eu-west-1:111122223333:on-call';
    const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234';
    say(JSON.stringify({ prod: { boundary, topic, key, tags: 'team=shop, cost-center=4=2' } }));
    checkParameters(root);
    const { parameters, tags } = printed('prod');
    expect(parameters).toEqual({
      ...NONE,
      PermissionsBoundary: boundary,
      NotificationTopic: topic,
      EncryptionKey: key,
    });
    expect(tags).toEqual({ team: 'shop', 'cost-center': '4=2' });
  });
});

interface Provider {
  readonly stackParameters: readonly { readonly ParameterKey: string; readonly ParameterValue: string }[];
  readonly stackTags: Readonly<Record<string, string>>;
}

const deployed = (stage: string) => printed(stage).parameters;

/** Returns the parameters and the tags of the stack as the Serverless Framework reads them. */
function printed(stage: string) {
  const args = ['print', '--stage', stage, '--format', 'json', '--path', 'provider'];
  const { stdout, stderr } = spawnSync(process.execPath, ['node_modules/.bin/osls', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off' },
  });
  if (stdout === '') throw new Error(stderr);
  const { stackParameters, stackTags } = JSON.parse(stdout) as Provider;
  const values = stackParameters.map(({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue]);
  return { parameters: Object.fromEntries(values) as Record<string, string>, tags: stackTags };
}
