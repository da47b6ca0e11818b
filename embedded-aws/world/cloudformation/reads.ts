import type {
  DescribeStackEventsInput,
  DescribeStackEventsOutput,
  DescribeStackResourcesInput,
  DescribeStackResourcesOutput,
  DescribeStacksInput,
  DescribeStacksOutput,
  GetTemplateInput,
  GetTemplateOutput,
  ListStacksInput,
  ListStacksOutput,
  Stack as StackAnswer,
} from '@aws-sdk/client-cloudformation';
import { arn } from '../aws.ts';
import type { Access, Operation } from '../service.ts';
import { invalid } from './errors.ts';
import type { Described } from './model.ts';

/** Stacks or events in one page. Assumed of ListStacks; events: API_DescribeStackEvents pages them up to 1 MB. */
const PER_PAGE = 100;

/** All stacks, deleted ones too. */
export type Stacks = () => readonly Described[];

/** The reads of CloudFormation. Every stack is in the first page of DescribeStacks. */
export function readOperations(stacks: Stacks): Readonly<Record<string, Operation>> {
  const named =
    (action: string) =>
    ({ StackName }: { readonly StackName?: string | undefined }) =>
      may(stacks(), action, StackName);
  return {
    DescribeStacks: {
      authorize: named('DescribeStacks'),
      run: ({ StackName }: DescribeStacksInput): DescribeStacksOutput => ({
        Stacks: (StackName === undefined ? stacks().filter(isThere) : [get(stacks(), StackName)]).map((one) =>
          one.describe(),
        ),
      }),
    },
    ListStacks: {
      authorize: () => [{ action: 'cloudformation:ListStacks', resource: '*' }],
      run: (input: ListStacksInput) => list(stacks(), input),
    },
    DescribeStackEvents: {
      authorize: named('DescribeStackEvents'),
      run: ({ StackName, NextToken }: DescribeStackEventsInput): DescribeStackEventsOutput => {
        const { items, next } = pageOf(get(stacks(), StackName).events(), NextToken);
        return { StackEvents: items, ...next };
      },
    },
    DescribeStackResources: {
      authorize: named('DescribeStackResources'),
      run: ({ StackName }: DescribeStackResourcesInput): DescribeStackResourcesOutput => ({
        StackResources: [...get(stacks(), StackName).resources()],
      }),
    },
    GetTemplate: {
      authorize: named('GetTemplate'),
      run: ({ StackName }: GetTemplateInput): GetTemplateOutput => ({
        TemplateBody: get(stacks(), StackName).template(),
        StagesAvailable: ['Original', 'Processed'],
      }),
    },
  };
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html */
export function may(
  stacks: readonly Described[],
  action: string,
  named: string | undefined,
): readonly Access[] {
  const found = stacks.findLast(({ name, id }) => name === named || id === named);
  const unknown = named?.startsWith('arn:') ? named : arn('cloudformation', `stack/${named ?? '*'}/*`);
  const resource = found?.id ?? unknown;
  return [{ action: `cloudformation:${action}`, resource, ...(found !== undefined && { tags: found.tags }) }];
}

/** Finds a stack by its id, or one that is not deleted by its name. */
export function find(stacks: readonly Described[], named: string | undefined): Described | undefined {
  return stacks.find((one) => one.id === named || (one.name === named && isThere(one)));
}

/** @throws AwsError ValidationError */
export function get(stacks: readonly Described[], named: string | undefined): Described {
  const found = find(stacks, named);
  if (found === undefined) throw invalid(`Stack with id ${named ?? ''} does not exist`);
  return found;
}

function isThere({ isDeleted }: Described): boolean {
  return !isDeleted;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStacks.html */
function list(
  stacks: readonly Described[],
  { StackStatusFilter = [], NextToken }: ListStacksInput,
): ListStacksOutput {
  const isWanted = ({ StackStatus }: StackAnswer) =>
    StackStatusFilter.length === 0 || (StackStatus !== undefined && StackStatusFilter.includes(StackStatus));
  const all = stacks.map((one) => one.describe()).filter(isWanted);
  const { items, next } = pageOf(all, NextToken);
  return {
    StackSummaries: items.map(
      ({ StackId, StackName, CreationTime, LastUpdatedTime, StackStatus, StackStatusReason, ...more }) => ({
        ...{ StackId, StackName, CreationTime, LastUpdatedTime, StackStatus, StackStatusReason },
        ...{ ParentId: more.ParentId, RootId: more.RootId, LastOperations: more.LastOperations },
      }),
    ),
    ...next,
  };
}

function pageOf<T>(
  all: readonly T[],
  token: string | undefined,
): { readonly items: T[]; readonly next: { NextToken?: string } } {
  const from = Number(token ?? 0);
  const to = from + PER_PAGE;
  return { items: all.slice(from, to), next: to < all.length ? { NextToken: String(to) } : {} };
}
