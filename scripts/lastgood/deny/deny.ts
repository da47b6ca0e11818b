import { answering } from '../question.ts';

export const deny = answering(
  {
    answer: 'denied',
    does: 'Denies the plan that a rollback asks about, and so ends it.',
    question: 'End this rollback?',
    done: 'Denied. Lastgood changes nothing.',
  },
  'denies',
);
