import { NO_REASON } from '../../src/rollback/request.ts';
import { keyOf } from '../../src/slack/form.ts';
import { denied } from '../../src/slack/messages/answers.ts';
import type { Form } from '../../src/slack/said.ts';
import { visibleTo } from '../../src/slack/targets.ts';
import { touch } from './commands.ts';
import type { Desk } from './desk.ts';

/** Handles a submission of the form, like the same command. */
export async function onForm(desk: Desk, form: Form): Promise<void> {
  const { user, revision, reason = NO_REASON } = form;
  const { targets } = await desk.targets();
  const meant = targets.filter((target) => keyOf(target) === form.target);
  const [target] = await visibleTo(user, meant, desk.may);
  const message =
    target === undefined
      ? denied(form.target)
      : await touch(desk, form, {
          verb: 'plan',
          target,
          reason,
          ...(revision !== undefined && { revision }),
        });
  if (message !== null) await desk.answerTo(form.answerUrl, message);
}
