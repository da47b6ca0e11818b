import type {
  CreateRuleInput,
  CreateRuleOutput,
  DescribeRulesInput,
  DescribeRulesOutput,
  ModifyRuleInput,
  ModifyRuleOutput,
  Rule as Answer,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Surroundings } from '../aws.ts';
import { AwsError } from '../service.ts';
import { checkAssociation, normalise } from './forward.ts';
import { READ, WRITE } from './limits.ts';
import { ruleArn } from './listeners.ts';
import { readOnly } from './access.ts';
import { page } from './paging.ts';
import { findListener, findRule, putRule, tagsOf, type ElbState, type Rule } from './state.ts';
import { addTags } from './tags.ts';

export function ruleOperations(surroundings: Surroundings, state: ElbState) {
  return {
    CreateRule: {
      bucket: WRITE,
      authorize: ({ ListenerArn = '' }: CreateRuleInput) => [
        {
          action: 'elasticloadbalancing:CreateRule',
          resource: ListenerArn,
          tags: tagsOf(state, ListenerArn),
        },
      ],
      run: (input: CreateRuleInput) => create(surroundings, state, input),
    },
    DescribeRules: {
      bucket: READ,
      authorize: readOnly('DescribeRules'),
      run: (input: DescribeRulesInput) => describe(state, input),
    },
    ModifyRule: {
      bucket: WRITE,
      authorize: ({ RuleArn = '' }: ModifyRuleInput) => [
        { action: 'elasticloadbalancing:ModifyRule', resource: RuleArn, tags: tagsOf(state, RuleArn) },
      ],
      run: (input: ModifyRuleInput) => modify(state, input),
    },
  };
}

function create({ random }: Surroundings, state: ElbState, input: CreateRuleInput): CreateRuleOutput {
  const listener = findListener(state, input.ListenerArn);
  // The API reference does not give the error code of this refusal.
  if (listener.loadBalancer.type === 'network')
    throw new AwsError('InvalidConfigurationRequest', 'A Network Load Balancer has no listener rules');
  const priority = input.Priority ?? 1;
  if (state.rules.of(listener).some((other) => other.priority === priority))
    throw new AwsError('PriorityInUse', `Priority '${priority}' is currently in use`);
  const actions = normalise(state, input.Actions);
  checkAssociation(state, listener, actions);
  const arn = ruleArn(listener.arn, random(`elb/rule/${listener.arn}/${priority}`).hex(16));
  const rule: Rule = { arn, listener, priority, conditions: [...(input.Conditions ?? [])], actions };
  putRule(state, rule);
  addTags(state, arn, input.Tags);
  return { Rules: [answer(rule)] };
}

function describe(state: ElbState, input: DescribeRulesInput): DescribeRulesOutput {
  const { RuleArns: arns, ListenerArn } = input;
  if (!arns?.length && ListenerArn === undefined)
    throw new AwsError('ValidationError', 'Either rule ARNs or a listener ARN must be specified');
  const rules = arns?.length
    ? arns.map((each) => findRule(state, each))
    : state.rules.of(findListener(state, ListenerArn));
  const { items, next } = page(rules, input);
  return { Rules: items.map(answer), ...next };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyRule.html */
function modify(state: ElbState, { RuleArn, Conditions, Actions }: ModifyRuleInput): ModifyRuleOutput {
  const rule = findRule(state, RuleArn);
  if (rule.priority === 'default')
    throw new AwsError('OperationNotPermitted', `Default rule '${rule.arn}' cannot be modified`);
  const actions = Actions?.length ? normalise(state, Actions, rule.actions) : rule.actions;
  checkAssociation(state, rule.listener, actions);
  const conditions = Conditions?.length ? [...Conditions] : rule.conditions;
  const changed = { ...rule, conditions, actions };
  putRule(state, changed);
  return { Rules: [answer(changed)] };
}

function answer(rule: Rule): Answer {
  return {
    RuleArn: rule.arn,
    Priority: String(rule.priority),
    Conditions: [...rule.conditions],
    Actions: [...rule.actions],
    IsDefault: rule.priority === 'default',
  };
}
