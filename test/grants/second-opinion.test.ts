import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readStack } from '@lastgood/embedded-aws/runtime/stack/read.ts';
import { Iam, type Decided } from '@lastgood/embedded-aws/wire/iam.ts';
import { principalArn } from '@lastgood/embedded-aws/wire/callers.ts';
import { ACCOUNT } from '@lastgood/embedded-aws/world/aws.ts';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { PARAMETERS, PIPELINE } from '../../local/scenarios/stage.ts';
import { PACKAGED } from '../../scripts/package.ts';
import { readQuestions } from '../e2e/asked.ts';

/**
 * The embedded AWS evaluates policies itself. Every distinct question of the scenarios is asked again, of an engine
 * that others wrote.
 */

const ENGINE = 'test/grants/engine.mjs';

/** A `*` for any resource of a type is one resource to IAM: only the wildcards of a policy match it. */
const named = (resource: string) => (resource === '*' ? '*' : resource.replaceAll('*', 'any'));

const { roles } = readStack(PACKAGED, '.', PARAMETERS);
const policies = Object.fromEntries([...roles, PIPELINE].map((role) => [role.name, role.policies]));

/** Roles of the reference receiver, which is a stack of its own (docs/examples/github-actions.yml). */
const BESIDE = /^github-/;

type Question = Omit<Decided, 'isAllowed'>;

/** Returns what the other engine says to each question. */
function theirsTo(questions: readonly Question[]): readonly string[] {
  const asked = questions.map(({ resource, context, ...question }) => ({
    ...question,
    account: ACCOUNT,
    resource: named(resource),
    context: Object.fromEntries(
      Object.entries(context).map(([key, values]) => [key, values.length === 1 ? values[0] : values]),
    ),
  }));
  const input = JSON.stringify({ policies, questions: asked });
  const started = spawnSync(process.execPath, [ENGINE], { input, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (started.stdout === '') throw new Error(started.stderr);
  return JSON.parse(started.stdout) as string[];
}

const isAllowed = ours();

/** Returns the embedded AWS's own answers. The context of a question is complete, so it is passed as conditions. */
function ours(): (question: Question) => Promise<boolean> {
  const iam = new Iam((role) => policies[role] ?? []);
  return async ({ role, action, resource, context }) => {
    const conditions = Object.fromEntries(
      Object.entries(context).map(([key, values]) => [key, values.length === 1 ? (values[0] ?? '') : values]),
    );
    return iam.authorize(role, [{ action, resource, conditions }]).then(
      () => true,
      (denied: unknown) => {
        if (denied instanceof AwsError) return false;
        throw denied;
      },
    );
  };
}

interface Answered {
  readonly question: Question;
  readonly isAllowed: boolean;
}

function differencesIn(answered: readonly Answered[]): readonly string[] {
  const compared = answered.filter(
    ({ question }) => !isOnAll(question) && !UNLISTED.includes(question.action),
  );
  const theirs = theirsTo(compared.map(({ question }) => question));
  return compared.flatMap(({ question: { role, action, resource }, isAllowed: allowed }, at) => {
    const says = theirs[at] ?? 'none';
    if (allowed ? says === 'Allowed' : says.endsWith('Denied')) return [];
    return [`${role} ${action} ${resource}: ${allowed ? 'Allowed' : 'Denied'} here, ${says} there`];
  });
}

/**
 * The engines differ by intent on `*` as the resource of an action that has resource types. Here it is one resource,
 * and only a permission on `*` allows it. The other engine asks whether any resource is allowed.
 */
const ON_ALL: readonly string[] = [
  // Composite alarms need it: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
  'cloudwatch:DescribeAlarms',
  // Without a group. docs/unknown.md says that AWS does not document the resource.
  'codedeploy:ListDeployments',
];

/** Actions that the Service Authorization Reference does not list, so the other engine does not know them. */
const UNLISTED: readonly string[] = [
  // docs/unknown.md, describe-alarm-contributors-permission
  'cloudwatch:DescribeAlarmContributors',
];

function isOnAll({ action, resource }: Question): boolean {
  return resource === '*' && ON_ALL.includes(action);
}

/** Returns a question without the tags of its resource. */
function untagged(question: Question): Question {
  const kept = Object.entries(question.context).filter(([key]) => !key.includes(':resourcetag/'));
  return { ...question, context: Object.fromEntries(kept) };
}

/** Returns the roles whose policies name an action: any other may not do it. */
function namedFor(action: string): readonly string[] {
  return Object.keys(policies).filter((role) => JSON.stringify(policies[role]).includes(`"${action}"`));
}

/** Returns a question as another role asks it. */
function askedBy(role: string, question: Question): Question {
  const arn = [principalArn(role)];
  return { ...question, role, context: { ...question.context, 'aws:principalarn': arn } };
}

/** Leaves out questions that are asked already: roles with the same permissions ask the same of a resource. */
function distinct(questions: readonly Question[]): readonly Question[] {
  return [...new Map(questions.map((question) => [JSON.stringify(question), question])).values()];
}

describe('a second opinion on IAM', () => {
  const decided = readQuestions().filter(({ role }) => !BESIDE.test(role));

  it('is asked about every role', () => {
    expect(decided.length).toBeGreaterThan(100);
    expect(decided.filter(({ role }) => policies[role] === undefined)).toEqual([]);
  });

  it('agrees with every answer that the scenarios got', () => {
    expect(differencesIn(decided.map((question) => ({ question, isAllowed: question.isAllowed })))).toEqual(
      [],
    );
  });

  it('agrees if the resources had no tags, and if every other role asked', async () => {
    const own = decided.filter(({ resourcePolicy }) => resourcePolicy.length === 0);
    const others = distinct(
      own.flatMap((question) => [
        untagged(question),
        ...namedFor(question.action).map((role) => askedBy(role, question)),
      ]),
    );
    const answered = await Promise.all(
      others.map(async (question) => ({ question, isAllowed: await isAllowed(question) })),
    );
    expect(answered.filter((one) => !one.isAllowed).length).toBeGreaterThan(20);
    expect(differencesIn(answered)).toEqual([]);
  });
});
