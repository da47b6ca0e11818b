import { answering } from '../question.ts';

export const approve = answering(
  {
    answer: 'approved',
    does: 'Approves the plan that a rollback asks about.',
    question: 'Go back by this plan?',
    done: 'Approved. Lastgood plans once more before it changes anything.',
  },
  'approves',
);
