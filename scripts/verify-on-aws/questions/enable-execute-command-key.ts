import { asAssumed, notSeen, otherwise, type Question } from './question.ts';
import { readService } from './service.ts';

/** Lastgood's role may not turn ECS Exec on, and may bring back a service in which it is on. */
export const enableExecuteCommandKey: Question = {
  id: 'enable-execute-command-key',
  part: 'ecs-rolling',
  looksAt: "Lastgood's UpdateService of a service with ECS Exec, which does not name `enableExecuteCommand`",
  assumed: "the Deny on `ecs:enable-execute-command` looks at the request's value, and does not refuse it",
  answer: async (shown) => {
    const { execution, ended } = shown.course;
    const reason = execution?.document.outcome?.reason ?? '';
    if (/ecs:UpdateService .*explicit deny/.test(reason)) return otherwise(`refused: ${reason}`);
    const { enableExecuteCommand } = await readService(shown, 'RollingService');
    if (ended !== 'rolled-back' || enableExecuteCommand !== true)
      return notSeen('no service with ECS Exec was rolled back');
    return asAssumed('not refused, and ECS Exec is still on');
  },
};
