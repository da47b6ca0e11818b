import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { ENDED_BADLY } from './command-line/status.ts';

/** Draws the state machine as a Mermaid flowchart into README.md, between the two markers. */

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Catch?: readonly { readonly Next: string }[];
  readonly Branches?: readonly { readonly StartAt: string; readonly States: Record<string, State> }[];
}

const MACHINE = 'statemachines/rollback.asl.yml';
const README = 'README.md';
const [BEGIN, END] = ['<!-- picture: npm run graph -->', '<!-- end of picture -->'];

const SHAPES: Readonly<Record<string, (name: string) => string>> = {
  Task: (name) => `${name}[${name}]`,
  Choice: (name) => `${name}{${name}}`,
  Pass: (name) => `${name}[/${name}/]`,
  Wait: (name) => `${name}([${name}])`,
  Succeed: (name) => `${name}((${name}))`,
  Fail: (name) => `${name}((${name}))`,
};

const { values } = parseArgs({
  options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});
if (values.help) {
  console.log(
    'npm run graph [-- --check]: draws the state machine into README.md; --check only says whether it is up to date.',
  );
} else {
  const readme = readFileSync(README, 'utf8');
  const drawn = insert(
    readme,
    draw(parse(readFileSync(MACHINE, 'utf8')) as { States: Record<string, State> }),
  );
  if (values.check && drawn !== readme) {
    console.error(`The picture in ${README} is out of date: run "npm run graph".`);
    process.exitCode = ENDED_BADLY;
  } else if (!values.check) {
    writeFileSync(README, drawn);
  }
}

function insert(readme: string, picture: string): string {
  const [before, rest] = [readme.slice(0, readme.indexOf(BEGIN)), readme.slice(readme.indexOf(END))];
  return `${before}${BEGIN}\n\n\`\`\`mermaid\n${picture}\n\`\`\`\n\n${rest}`;
}

function draw({ States }: { readonly States: Readonly<Record<string, State>> }): string {
  const lines = Object.entries(States).flatMap(([name, state]) => [
    ...(state.Branches === undefined ? [`  ${shape(name, state)}`] : subgraph(name, state.Branches)),
    ...arrows(name, state),
  ]);
  return ['flowchart TD', ...lines].join('\n');
}

function shape(name: string, { Type }: State): string {
  const drawAs = SHAPES[Type];
  if (drawAs === undefined) throw new Error(`state ${name}: no shape for type ${Type}`);
  return drawAs(name);
}

function subgraph(name: string, branches: NonNullable<State['Branches']>): string[] {
  const inside = branches.flatMap(({ States }) =>
    Object.entries(States).flatMap(([inner, state]) => [
      `    ${shape(inner, state)}`,
      ...arrows(inner, state).map((line) => `  ${line}`),
    ]),
  );
  return [`  subgraph ${name}`, '    direction LR', ...inside, '  end'];
}

/** Returns the arrows of a state. Solid: the next state. Dotted: a caught error that does not lead to Report. */
function arrows(name: string, state: State): string[] {
  const next = [...(state.Choices ?? []).map((choice) => choice.Next), state.Default, state.Next];
  const caught = (state.Catch ?? []).map((handler) => handler.Next).filter((to) => to !== 'Report');
  return [
    ...[...new Set(next)].flatMap((to) => (to === undefined ? [] : [`  ${name} --> ${to}`])),
    ...caught.map((to) => `  ${name} -.-> ${to}`),
  ];
}
