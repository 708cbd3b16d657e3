import { defineResource } from './backoffice-resource.js';
import { BackofficeRegistry } from './backoffice.registry.js';

class Case {}

describe('declaring resources', () => {
  const handler = async (): Promise<void> => undefined;

  it('refuses a field that takes the place of the reason', () => {
    const fields = { reason: { label: 'Reason', type: 'text' } } as const;
    expect(() => defineResource({ entity: Case, context: 'rescue', edit: { fields, save: handler } })).toThrow('"reason" is taken');
  });

  it.each([[['show']], [['hide', 'hide']]])('refuses the action names %j', (names) => {
    const actions = names.map((name) => ({ name, label: name, handler }));
    expect(() => defineResource({ entity: Case, context: 'rescue', actions })).toThrow('already taken');
  });

  it('refuses an entity that two modules declare', () => {
    const registry = new BackofficeRegistry();
    const resource = defineResource({ entity: Case, context: 'rescue' });
    registry.add([resource]);
    expect(() => registry.add([{ ...resource }])).toThrow('Case is declared twice');
    expect(registry.all()).toEqual([resource]);
  });
});
