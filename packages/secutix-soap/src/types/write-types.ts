import type { ServiceModel, TypeReference } from '../wsdl/model.ts';
import { declareAnyOf } from './any-type.ts';
import { declareType, type Declaration } from './declarations.ts';
import { planTypes, type Plan } from './plan.ts';
import { ownInputs } from './naming/plain-names.ts';
import { declareService } from './service-interface.ts';
import { isEmptyShape } from './shape.ts';
import { TypeNames } from './naming/type-names.ts';

/**
 * Writes the TypeScript types of a service: an interface that lists its operations, and what they take
 * and resolve to. The same model gives the same text.
 *
 * @returns A module that needs no other.
 */
export function writeTypes(model: ServiceModel): string {
  const plan = planTypes(model);
  const names = new TypeNames(plan);
  const inputs = inputDeclarations(plan, names);
  const others = [...otherDeclarations(plan, names)].toSorted(byName);
  const declarations = [declareService(plan, names), ...inputs, ...others];
  return [headLines(model), ...declarations.map(({ lines }) => lines)]
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function headLines({ name, namespace, omitted = [] }: ServiceModel): string[] {
  return [
    `The types of ${name}, written from its WSDL by \`secutix-soap types\`.`,
    'Changes made here are lost when they are written again.',
    `Namespace: ${namespace}`,
    ...omitted.map((operation) => `Left out: \`${operation.name}\` ${operation.reason}.`),
  ].map((line) => `// ${line.replaceAll(/[\s\p{C}]+/gu, ' ').trim()}`);
}

/** What an operation takes stands in the order of the operations, unless several take it. */
function inputDeclarations(plan: Plan, names: TypeNames): Declaration[] {
  const { declared } = plan.reach.sent;
  return [...ownInputs(plan.model)]
    .filter(([type]) => declared.has(type) && !isEmptyInput(plan, type))
    .map(([type, { name }]) =>
      declareType(plan, names, { type, direction: 'sent', note: `What \`${name}\` takes.` }),
    );
}

function isEmptyInput({ shapes }: Plan, type: TypeReference): boolean {
  const shape = shapes.of(type, 'sent');
  return shape !== undefined && isEmptyShape(shape);
}

function* otherDeclarations(plan: Plan, names: TypeNames): Iterable<Declaration> {
  const inputs = ownInputs(plan.model);
  const written = new Set([...inputs.keys()].map((type) => names.nameOf(type, 'sent')));
  for (const direction of ['received', 'sent'] as const) {
    const { declared, referenced } = plan.reach[direction];
    const declarations = [
      ...[...declared].map((type) => declareType(plan, names, { type, direction })),
      ...[...referenced].flatMap((type) => declareAnyOf(plan, names, { type, direction }) ?? []),
    ];
    for (const declaration of declarations) {
      if (!written.has(declaration.name)) yield declaration;
      written.add(declaration.name);
    }
  }
}

function byName(one: Declaration, other: Declaration): number {
  return one.name < other.name ? -1 : 1;
}
