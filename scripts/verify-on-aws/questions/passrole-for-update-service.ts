import { asAssumed, notSeen, otherwise, type Question } from './question.ts';

/** Lastgood's role may bring back a task definition that has roles. */
export const passroleForUpdateService: Question = {
  id: 'passrole-for-update-service',
  part: 'ecs-rolling',
  looksAt: "Lastgood's UpdateService to a task definition with a task role and an execution role",
  assumed: 'AWS asks for no more than `iam:PassRole` on these roles, which Lastgood has',
  answer: ({ course: { execution, ended } }) => {
    const { plan, reverted, outcome } = execution?.document ?? {};
    const reason = outcome?.reason ?? '';
    if (/PassRole/.test(reason)) return otherwise(`refused: ${reason}`);
    if (ended !== 'rolled-back' || plan === undefined || !('rungs' in plan) || reverted === undefined)
      return notSeen('the service was not rolled back by UpdateService');
    return asAssumed(`not refused, on the rung ${plan.rungs[reverted.rung]?.name ?? '?'}`);
  },
};
