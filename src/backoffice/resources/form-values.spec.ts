import { ValidationError } from '../adminjs.js';
import { parseForm } from './form-values.js';

const FORM = {
  needsReason: true,
  fields: {
    name: { label: 'Name', type: 'text', required: true },
    note: { label: 'Note', type: 'textarea' },
    goal: { label: 'Goal', type: 'number' },
    open: { label: 'Open', type: 'boolean' },
    day: { label: 'Day', type: 'date' },
    kind: { label: 'Kind', type: 'select', options: ['clinic', 'shop'] },
  },
} as const;

describe('parseForm', () => {
  it('gives each field its type, and null for what was left empty', () => {
    const payload = { name: ' Ana ', note: '', goal: '12.5', open: 'true', day: '2026-02-01', kind: 'shop', reason: 'moved' };
    expect(parseForm(FORM, payload)).toEqual({
      values: { name: 'Ana', note: null, goal: 12.5, open: true, day: '2026-02-01', kind: 'shop' },
      reason: 'moved',
    });
  });

  it('names every bad field at once', () => {
    const bad = { goal: 'many', day: 'tomorrow', kind: 'zoo', reason: '  ' };
    const parse = (): unknown => parseForm(FORM, bad);
    expect(parse).toThrow(ValidationError);
    try {
      parse();
    } catch (error) {
      expect(Object.keys((error as ValidationError).propertyErrors).sort()).toEqual(['day', 'goal', 'kind', 'name', 'reason']);
    }
  });

  it('refuses text that is too long', () => {
    const parse = (): unknown => parseForm({ fields: { name: { label: 'Name', type: 'text', max: 3 } }, needsReason: true }, { name: 'Anna', reason: 'x'.repeat(1_001) });
    expect(parse).toThrow(expect.objectContaining({ propertyErrors: { name: expect.objectContaining({ message: 'At most 3 characters.' }), reason: expect.anything() } }));
  });

  it('cleans text as the API does', () => {
    const payload = { name: 'A\u0000na\n <b>B</b>', note: 'one\r\ntwo<script>', reason: '\u202Emoved' };
    expect(parseForm(FORM, payload)).toMatchObject({ values: { name: 'Ana B', note: 'one\ntwo' }, reason: 'moved' });
  });

  it('drops what the form does not declare', () => {
    expect(parseForm({ fields: {} }, { role: 'superadmin' })).toEqual({ values: {}, reason: null });
  });
});
