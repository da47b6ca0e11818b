import type {
  CreateRuleRequest,
  CreateRuleResponse,
  DeleteRuleRequest,
  GetRuleRequest,
  GetRuleResponse,
  ListRulesRequest,
  ListRulesResponse,
  UpdateRuleRequest,
  UpdateRuleResponse,
} from '@aws-sdk/client-vpc-lattice';
import type { Surroundings } from '../aws.ts';
import { AwsError } from '../service.ts';
import { onAll, onNew, onOne, ruleArn } from './access.ts';
import { groupsAsked, invalid, normalise } from './actions.ts';
import { page } from './paging.ts';
import type { Spread } from './spread.ts';
import { addTags, findListener, findRule, remove, rulesOf, type LatticeState, type Rule } from './state.ts';

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html. Older pages say 5. */
const MAX_RULES = 10;
/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/listener-rules.html */
const MAX_PRIORITY = 100;

interface Named {
  readonly serviceIdentifier: string | undefined;
  readonly listenerIdentifier: string | undefined;
  readonly ruleIdentifier: string | undefined;
}

export function ruleOperations(surroundings: Surroundings, state: LatticeState, spread: Spread) {
  const arnOf = (input: Named) =>
    ruleArn(input.serviceIdentifier, input.listenerIdentifier, input.ruleIdentifier);
  return {
    CreateRule: {
      authorize: (input: CreateRuleRequest) => {
        const any = ruleArn(input.serviceIdentifier, input.listenerIdentifier, '*');
        return onNew(state, 'CreateRule', any, input, groupsAsked(input.action));
      },
      run: (input: CreateRuleRequest): CreateRuleResponse => create(surroundings, state, input),
    },
    GetRule: {
      authorize: (input: GetRuleRequest) => onOne(state, 'GetRule', arnOf(input)),
      run: (input: GetRuleRequest): GetRuleResponse => answer(findRule(state, input)),
    },
    ListRules: {
      authorize: onAll('ListRules'),
      run: (input: ListRulesRequest): ListRulesResponse => {
        const listener = findListener(state, input.serviceIdentifier, input.listenerIdentifier);
        return page(rulesOf(state, listener).map(summary), input);
      },
    },
    UpdateRule: {
      authorize: (input: UpdateRuleRequest) =>
        onOne(state, 'UpdateRule', arnOf(input), groupsAsked(input.action)),
      run: (input: UpdateRuleRequest): UpdateRuleResponse => update(surroundings, state, spread, input),
    },
    DeleteRule: {
      authorize: (input: DeleteRuleRequest) => onOne(state, 'DeleteRule', arnOf(input)),
      run: (input: DeleteRuleRequest): object => {
        const rule = findRule(state, input);
        if (rule.isDefault) throw invalid('A default rule cannot be deleted');
        remove(state, state.rules, rule);
        return {};
      },
    },
  };
}

function create(
  { clock, random }: Surroundings,
  state: LatticeState,
  input: CreateRuleRequest,
): CreateRuleResponse {
  const listener = findListener(state, input.serviceIdentifier, input.listenerIdentifier);
  const own = rulesOf(state, listener).filter(({ isDefault }) => !isDefault);
  if (own.length >= MAX_RULES)
    throw new AwsError('ServiceQuotaExceededException', `A listener has at most ${MAX_RULES} rules`, 402);
  const { name = '', priority = 0, match } = input;
  if (match === undefined) throw invalid('A rule needs a match');
  checkPriority(own, priority);
  const id = `rule-${random(`lattice/rule/${listener.id}/${name}`).hex(17)}`;
  const action = normalise(state, input.action);
  const createdAt = new Date(clock.now());
  const arn = ruleArn(listener.service.id, listener.id, id);
  const rule: Rule = {
    ...{ id, arn, name, listener, isDefault: false, priority, match, action, spread: action },
    ...{ createdAt, updatedAt: createdAt },
  };
  state.rules.set(id, rule);
  addTags(state, arn, input.tags);
  return { id, arn, name, match, priority, action };
}

/**
 * "You can't modify a default listener rule. To modify a default listener rule, use UpdateListener."
 * https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_UpdateRule.html
 */
function update(
  { clock }: Surroundings,
  state: LatticeState,
  spread: Spread,
  input: UpdateRuleRequest,
): UpdateRuleResponse {
  const rule = findRule(state, input);
  if (rule.isDefault) throw invalid('A default rule cannot be modified: use UpdateListener');
  const others = rulesOf(state, rule.listener).filter((other) => other !== rule && !other.isDefault);
  if (input.priority !== undefined) checkPriority(others, input.priority);
  const action = input.action === undefined ? rule.action : normalise(state, input.action);
  rule.priority = input.priority ?? rule.priority;
  rule.match = input.match ?? rule.match;
  rule.action = action;
  rule.updatedAt = new Date(clock.now());
  spread(rule);
  const { id, arn, name, match, priority, isDefault } = rule;
  return { id, arn, name, isDefault, priority, action, ...(match !== undefined && { match }) };
}

function checkPriority(others: readonly Rule[], priority: number): void {
  if (!Number.isInteger(priority) || priority < 1 || priority > MAX_PRIORITY)
    throw invalid(`The priority ${priority} must be between 1 and ${MAX_PRIORITY}`);
  if (others.some((other) => other.priority === priority))
    throw new AwsError('ConflictException', `A rule with the priority ${priority} exists already`, 409);
}

function summary(rule: Rule) {
  const { id, arn, name, isDefault, priority, createdAt, updatedAt } = rule;
  return {
    ...{ id, arn, name, isDefault, createdAt, lastUpdatedAt: updatedAt },
    ...(!isDefault && { priority }),
  };
}

function answer(rule: Rule): GetRuleResponse {
  const { match, action } = rule;
  return { ...summary(rule), ...(match !== undefined && { match }), action };
}
