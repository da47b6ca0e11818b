import { describe, expect, it } from 'vitest';
import { addressesIn, codeOf, noteOn } from '../models/code.ts';
import { modelledServices } from '../models/modelled.ts';
import { BEGIN, END, insert, modelsText } from '../models/text.ts';
import { loadModel } from '../wire/sdk.ts';

const services = modelledServices();

describe('the list of what is modelled', () => {
  it.each(services)('names operations of $signingName that AWS has', async ({ signingName, operations }) => {
    const { operations: known } = await loadModel(signingName);
    expect(operations.length).toBeGreaterThan(0);
    expect(operations.filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(services)('describes $signingName, and names its pages', (service) => {
    const { note, pages } = codeOf(service);
    expect(note).toMatch(/^[A-Z].+\.$/);
    expect(note).not.toMatch(/https?:|\.\.|: ?\./);
    expect(pages).not.toEqual([]);
  });

  it('has a row for each service, with its code and its operations', () => {
    const text = modelsText();
    expect(text).toMatch(/^\| \[`ecs`\]\(world\/ecs\) \| Simulates Amazon ECS: .+ \| .*`UpdateService`/m);
    expect(text).toMatch(
      /^\| \[`states`\]\(runtime\/states\) \| Simulates AWS Step Functions: .+ \| .*`StartExecution`/m,
    );
    expect(text).toMatch(
      /^\| \[`dynamodb`\]\(runtime\/tables\) \| Simulates Amazon DynamoDB .+ \| .*`UpdateItem`/m,
    );
    expect(text).toContain('`AWS::StepFunctions::StateMachine`');
  });

  it('takes the place of the one before, and of nothing else', () => {
    const readme = `before\n\n${BEGIN}\n\nold\n\n${END}\n\nafter\n`;
    const written = insert(readme, 'new');
    expect(written).toBe(readme.replace('old', 'new'));
    expect(insert(written, 'new')).toBe(written);
    expect(() => insert('no place', 'new')).toThrow('no place');
  });
});

describe('the doc comment of the code', () => {
  const SOURCE = `
/** Another declaration. */
const other = 'https://in.code/';

/**
 * Some service: https://docs/one.html#part
 * It does not forget, by https://docs/two.html.
 */
export function createSome() {
  // As in https://docs/three.html,
  return { signingName: 'some' };
}
`;

  it('is the doc comment of its declaration, without addresses', () => {
    expect(noteOn("signingName: 'some'", SOURCE)).toBe('Some service. It does not forget, by.');
  });

  it('and the addresses in comments, without anchors and marks', () => {
    expect(addressesIn(SOURCE)).toEqual([
      'https://docs/one.html',
      'https://docs/two.html',
      'https://docs/three.html',
    ]);
  });

  it.each([
    ["signingName: 'unknown'", /^no file below world/],
    ['export function', /^more than one file below world/],
  ])('is in exactly one file (%s)', (mark, problem) => {
    expect(() => codeOf({ code: { below: 'world', mark } })).toThrow(problem);
  });
});
