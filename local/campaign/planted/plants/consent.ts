import type { Plant } from '../plant.ts';

const ECS = ['ecs'];
const GATHER = 'functions/guard/gather-facts.ts';
const AGREED = 'src/rollback/rules/agreed.ts';
const MARKS = 'src/lambda/write-marks.ts';
const PRESSES = 'functions/answer-slack/presses.ts';

/** Freezes, pauses and answers that count wrongly. */
export const consent: readonly Plant[] = [
  {
    name: 'freeze-is-not-read',
    shows: 'frozen',
    is: 'the guard does not ask whether a target is frozen',
    repeats: 'Azure Front Door, October 2025: changes while people worked',
    ...{ file: GATHER, kinds: ECS },
    from: 'freezes.of(target, now),',
    to: 'Promise.resolve(null),',
  },
  {
    name: 'freeze-without-end-is-over',
    shows: 'frozen',
    is: 'a freeze for which no end was given does not hold',
    ...{ file: 'src/ledger/dynamodb-freezes.ts', kinds: ECS },
    from: 'return until !== undefined && !isAfter(until, now);',
    to: 'return until === undefined || !isAfter(until, now);',
  },
  {
    name: 'pause-is-ignored',
    shows: 'paused',
    is: 'a write does not ask whether Lastgood is paused',
    ...{ file: MARKS, kinds: ECS },
    from: 'await unlessPaused();\n      return claims.markWriting(target, execution);',
    to: 'return claims.markWriting(target, execution);',
  },
  {
    name: 'pause-unknown-is-none',
    is: 'a pause that could not be read counts as none',
    ...{ file: MARKS, kinds: ECS },
    from: 'const reading = readPause();',
    to: 'const reading = readPause().catch(() => null);',
  },
  {
    name: 'pause-goes-on-with-the-old-plan',
    shows: 'paused',
    is: 'after a pause the old plan is carried out, although nothing was written',
    repeats: 'AWS us-east-1, October 2025: an old plan was applied',
    ...{ file: 'src/rollback/pause.ts', kinds: ECS },
    from: "if (!wrote) return 'plan';",
    to: "if (!wrote) return 'revert';",
  },
  {
    name: 'approval-of-an-old-plan',
    shows: 'approved-late',
    is: 'an approval counts for a plan that was not shown',
    repeats: 'facts R3: an approval binds to the exact plan',
    ...{ file: GATHER, kinds: ECS },
    from: '...{ by: answer.by, toThisPlan: (answer.plan ?? hash) === hash },',
    to: '...{ by: answer.by, toThisPlan: hash !== null },',
  },
  {
    name: 'approval-by-an-old-button',
    is: 'the button of an earlier question answers the newer one',
    ...{ file: PRESSES, kinds: ECS },
    from: 'if (question.about.plan !== plan)',
    to: "if (question.about.plan === '')",
  },
  {
    name: 'approval-of-oneself',
    is: 'the person who asked is the second one who agrees',
    ...{ file: PRESSES, kinds: ECS },
    from: 'question.about.approvals === 2 && question.askedBy === by)',
    to: "question.about.approvals === 2 && question.askedBy === '')",
  },
  {
    name: 'approval-outweighs-a-ban',
    is: 'an approval lets a target be written to that is not opted in',
    ...{ file: AGREED, kinds: ECS },
    from: "(one.says !== 'ask' && one.timeMayTell !== true)",
    to: "one.says === 'act'",
  },
  {
    name: 'silence-answers-every-question',
    shows: 'unanswered',
    is: 'silence answers a question that is not of the owner',
    repeats: 'sil-org/ecs-deploy 102: a timeout rolled back, and surprised users',
    ...{ file: AGREED, kinds: ECS },
    from: 'found.filter(({ silenceMayMeanGo }) => silenceMayMeanGo !== true);',
    to: "found.filter(({ says }) => says !== 'ask');",
  },
  {
    name: 'anyone-may-answer',
    is: 'a member of the workspace whom no rule names may roll back',
    ...{ file: 'src/slack/access.ts', kinds: ECS },
    from: 'if (applying.some(({ users = [] }) => users.includes(user))) return true;',
    to: 'if (applying.length > 0) return true;',
  },
  {
    name: 'slack-forgery-is-believed',
    is: 'a request with another signature counts as genuine',
    ...{ file: 'src/slack/signature.ts', kinds: ECS },
    from: 'return timingSafeEqual(sha256(one), sha256(other));',
    to: 'return timingSafeEqual(sha256(one), sha256(other)) || one.length === other.length;',
  },
  {
    name: 'slack-replay-is-handled',
    is: 'a captured request of Slack counts once more',
    repeats: 'facts R3: a window of five minutes stops no replay',
    ...{ file: 'src/slack/nonces.ts', kinds: ECS },
    from: "ConditionExpression: 'attribute_not_exists(seenAt)',",
    to: "ConditionExpression: 'attribute_not_exists(expiresAt)',",
  },
  {
    name: 'slack-text-mentions-a-channel',
    is: 'a reason can write markup, and notify a whole channel',
    ...{ file: 'src/slack/escape.ts', kinds: ECS },
    from: "    .replaceAll('<', '&lt;')\n",
    to: '',
  },
  {
    name: 'slack-calls-dirty-clean',
    is: 'the message of a dirty end says that nothing was changed',
    ...{ file: 'src/slack/messages/end.ts', kinds: ECS },
    from: "':rotating_light: A person must look now:'",
    to: "':x: Could not go back, nothing was changed:'",
  },
];
