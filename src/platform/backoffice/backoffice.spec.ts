import { defineActions, defineResource } from './backoffice-resource.js';
import { defineSections } from './backoffice-section.js';
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
    expect(registry.all()).toMatchObject([resource]);
  });

  it('puts the actions of other modules on the resource that they name', () => {
    const registry = new BackofficeRegistry();
    registry.addGuests([defineActions({ context: 'rescue', entity: 'Case', actions: [{ name: 'move', label: 'Move', handler }] })]);
    registry.add([defineResource({ entity: Case, context: 'rescue', actions: [{ name: 'hide', label: 'Hide', handler }] })]);
    expect(registry.all()[0]?.actions?.map(({ name }) => name)).toEqual(['hide', 'move']);
  });

  it('puts the sections of other modules after those of the resource, each name once', () => {
    const section = (name: string) => ({ name, title: name, load: async () => ({ kind: 'table' as const, columns: [], rows: [], empty: 'Nothing.' }) });
    const registry = new BackofficeRegistry();
    registry.addGuests([defineSections({ context: 'rescue', entity: 'Case', sections: [section('evidence')] })]);
    registry.add([defineResource({ entity: Case, context: 'rescue', sections: [section('risk')] })]);
    expect(registry.all()[0]?.sections?.map(({ name }) => name)).toEqual(['risk', 'evidence']);
    registry.addGuests([defineSections({ context: 'rescue', entity: 'Case', sections: [section('risk')] })]);
    expect(() => registry.all()).toThrow('"risk" is declared twice');
  });

  it.each([
    ['rescue', 'Fall', 'move', 'Nobody shows'],
    ['forum', 'Case', 'move', 'Nobody shows'],
    ['rescue', 'Case', 'hide', 'already taken'],
  ])('refuses actions for %s %s named %s', (context, entity, name, complaint) => {
    const registry = new BackofficeRegistry();
    registry.add([defineResource({ entity: Case, context: 'rescue', actions: [{ name: 'hide', label: 'Hide', handler }] })]);
    registry.addGuests([defineActions({ context, entity, actions: [{ name, label: name, handler }] })]);
    expect(() => registry.all()).toThrow(complaint);
  });
});
