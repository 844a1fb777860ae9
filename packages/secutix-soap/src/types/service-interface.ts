import type { OperationModel } from '../wsdl/model.ts';
import { bodyUnion } from './bodies.ts';
import type { Declaration } from './declarations.ts';
import { commentOf } from './documentation.ts';
import { memberNameOf } from './naming/identifier.ts';
import { fitsInLine, typeLines } from './layout.ts';
import type { Plan } from './plan.ts';
import { isEmptyShape } from './shape.ts';
import type { TypeNames } from './naming/type-names.ts';
import { alternativesOf } from './union-text.ts';

/** Declares the interface that lists a service's operations: what each takes and what it resolves to. */
export function declareService(plan: Plan, names: TypeNames): Declaration {
  const { operations, documentation } = plan.model;
  const lines = [
    ...commentOf([documentation]),
    `export interface ${names.service} {`,
    ...operations.flatMap((operation) => operationLines(plan, names, operation)),
    '}',
  ];
  return { name: names.service, lines };
}

function operationLines(plan: Plan, names: TypeNames, operation: OperationModel): string[] {
  const comment = commentOf([operation.documentation], '  ');
  const name = memberNameOf(operation.name);
  const parameters = parametersOf(plan, names, operation);
  const result = alternativesOf(bodyUnion(plan.model, operation, 'received'), names, 'received');
  const line = `  ${name}: { parameters: ${parameters}; result: ${result.join(' | ')} };`;
  if (fitsInLine(line)) return [...comment, line];
  return [
    ...comment,
    `  ${name}: {`,
    `    parameters: ${parameters};`,
    ...typeLines('    result:', result),
    '  };',
  ];
}

/** What has no members is written so that a member that somebody gives it is an error. */
function parametersOf(plan: Plan, names: TypeNames, operation: OperationModel): string {
  const { type } = operation.input;
  const shape = plan.shapes.of(type, 'sent');
  if (shape !== undefined && isEmptyShape(shape)) return 'Record<string, never>';
  const union = bodyUnion(plan.model, operation, 'sent');
  const [only] = union;
  const model = plan.model.types[type];
  const isSimple = model?.kind !== 'complex';
  const isAny = model?.kind === 'simple' && model.builtin === 'anyType';
  if (only?.kind === 'reference' && !isSimple) return names.nameOf(only.type, 'sent');
  const text = alternativesOf(union, names, 'sent').join(' | ');
  if (!isSimple) return text;
  return isAny ? `{ $value?: ${text} | undefined }` : `{ $value: ${text} }`;
}
