import { surroundings } from '../../../src/lambda/surroundings.ts';
import { bind } from './bind.ts';

export const handler = bind(surroundings);
