import { AwsError } from '../service.ts';
import type { Image } from './repositories.ts';

/** A rule that expires images. */
interface Rule {
  readonly rulePriority: number;
  readonly selection: {
    readonly tagStatus: 'any' | 'tagged' | 'untagged';
    readonly tagPrefixList?: readonly string[];
    readonly countType: 'imageCountMoreThan' | 'sinceImagePushed';
    readonly countNumber: number;
  };
}

const DAY_MS = 86_400_000;

/**
 * Reads a policy. Patterns of tags, the time of the last pull and the transition to the archive are not modelled.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 * @throws AwsError InvalidParameterException
 * @throws Error on what is not modelled
 */
export function readLifecyclePolicy(text: string): readonly Rule[] {
  const { rules = [] }: { readonly rules?: readonly ReadRule[] } = parsed(text);
  if (rules.length === 0) throw invalid('no rules');
  for (const { selection, action } of rules) {
    if (action?.type !== 'expire') throw new Error(`the action ${String(action?.type)} is not modelled`);
    if (!['imageCountMoreThan', 'sinceImagePushed'].includes(selection.countType))
      throw new Error(`the count type ${selection.countType} is not modelled`);
    if ('tagPatternList' in selection) throw new Error('tagPatternList is not modelled');
  }
  return rules.toSorted((one, other) => one.rulePriority - other.rulePriority);
}

interface ReadRule extends Rule {
  readonly action?: { readonly type?: string };
}

function parsed(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    throw invalid('no JSON');
  }
}

function invalid(why: string): AwsError {
  return new AwsError('InvalidParameterException', `Invalid parameter at 'LifecyclePolicyText': ${why}`);
}

/** An image and the priority of the rule that expires it. */
export interface Expired {
  readonly image: Image;
  readonly rule: number;
}

/**
 * Returns the images that a policy expires. Each belongs to at most one rule: "An image is expired by exactly one or zero
 * rules", and a rule never marks an image that one of higher priority matches.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules
 */
export function expiredBy(rules: readonly Rule[], images: readonly Image[], now: number): readonly Expired[] {
  const matched = new Set<string>();
  const expired: Expired[] = [];
  for (const { rulePriority: rule, selection } of rules) {
    const { countType, countNumber } = selection;
    const found = images
      .filter((image) => matches(image, selection))
      .toSorted((one, other) => other.pushedAt.getTime() - one.pushedAt.getTime());
    const old =
      countType === 'imageCountMoreThan'
        ? found.slice(countNumber)
        : found.filter(({ pushedAt }) => now - pushedAt.getTime() > countNumber * DAY_MS);
    expired.push(...old.filter(({ digest }) => !matched.has(digest)).map((image) => ({ image, rule })));
    for (const { digest } of found) matched.add(digest);
  }
  return expired;
}

function matches({ tags }: Image, { tagStatus, tagPrefixList }: Rule['selection']): boolean {
  if (tagStatus === 'any') return true;
  if (tagStatus === 'untagged') return tags.size === 0;
  return (
    tags.size > 0 &&
    (tagPrefixList ?? ['']).every((prefix) => [...tags].some((tag) => tag.startsWith(prefix)))
  );
}
