import { DEMO_PLAN, type DemoCase } from './index.js';

const { people, clinics, cases, campaigns, invoices, donations, supports, follows, likes, saves, endorsements, comments, badges, reports, claims, adoptions } = DEMO_PLAN;

const repeated = (values: string[]): string[] => values.filter((value, i) => values.indexOf(value) !== i);
const countBy = (values: string[]): Record<string, number> => values.reduce<Record<string, number>>((counts, value) => ({ ...counts, [value]: (counts[value] ?? 0) + 1 }), {});
const person = (key: string) => people.find((one) => one.key === key);
const caseOf = (title: string) => cases.find((one) => one.title === title);
const closedOn = ({ published, stages = [] }: DemoCase): number | undefined => {
  const closing = stages.find(({ stage }) => stage.startsWith('closed'));
  return closing && published - closing.after;
};

describe('the demo plan', () => {
  it('tells sixty different cases of people, clinics and animals in several cities', () => {
    expect(cases).toHaveLength(60);
    expect(repeated(cases.flatMap(({ title, description, updates }) => [title, description, ...updates.map(({ text }) => text)]))).toEqual([]);
    expect(repeated(people.map(({ key }) => key))).toEqual([]);
    expect(new Set(cases.map(({ city }) => city)).size).toBeGreaterThanOrEqual(8);
    expect(clinics).toHaveLength(8);
    expect(countBy(people.map(({ role }) => role))).toMatchObject({ admin: 2, volunteer: expect.any(Number), user: expect.any(Number) });
  });

  it('shows every stage, funding, verification and risk that a case can have', () => {
    expect(new Set(cases.flatMap(({ stages = [] }) => stages.map(({ stage }) => stage)))).toEqual(
      new Set(['seeking_adoption', 'closed_success', 'closed_transferred', 'closed_other']),
    );
    expect(new Set(cases.map(({ verification }) => verification))).toEqual(new Set([undefined, 'community', 'clinic']));
    expect(new Set(cases.map(({ type }) => type)).size).toBe(4);
    expect(new Set(cases.map(({ category }) => category)).size).toBe(5);
    expect(cases.filter(({ hidden }) => hidden)).toHaveLength(1);
    expect(cases.filter(({ risk, hidden }) => risk?.level === 'high' && !hidden)).toHaveLength(1);
  });

  it('stays within what one person may do in an hour', () => {
    expect(Math.max(...Object.values(countBy(cases.map(({ owner }) => owner))))).toBeLessThanOrEqual(5);
    expect(Math.max(...Object.values(countBy(donations.map(({ donor }) => donor))))).toBeLessThanOrEqual(10);
    expect(Math.max(...Object.values(countBy(comments.flatMap(({ person: key, title, reply }) => [key, ...(reply ? [caseOf(title)!.owner] : [])]))))).toBeLessThan(10);
    expect(Math.max(...Object.values(countBy(endorsements.map(({ person: key, daysAgo }) => `${key} ${daysAgo}`))))).toBeLessThanOrEqual(10);
    const uploads = cases.flatMap(({ owner, pictures, updates }) => [...pictures, ...updates.filter(({ picture }) => picture)].map(() => owner));
    expect(Math.max(...Object.values(countBy(uploads)))).toBeLessThanOrEqual(20);
  });

  it('tells things in an order in which they can happen', () => {
    const tooEarly = [
      ...cases.filter(({ owner, published }) => person(owner)!.joined < published).map(({ title }) => title),
      ...cases.filter(({ clinic, published }) => clinic && clinics.find(({ key }) => key === clinic)!.entered < published).map(({ title }) => title),
      ...cases.filter(({ published, updates, stages = [] }) => [...updates, ...stages].some(({ after }) => after > published)).map(({ title }) => title),
      ...donations.filter(({ to, kind, daysAgo }) => kind === 'case' && caseOf(to)!.published < daysAgo).map(({ key }) => key),
      ...donations.filter(({ to, kind, daysAgo }) => kind === 'case' && daysAgo <= (closedOn(caseOf(to)!) ?? -1)).map(({ key }) => key),
      ...donations.filter(({ to, kind, daysAgo }) => kind === 'campaign' && campaigns.find(({ title }) => title === to)!.created <= daysAgo).map(({ key }) => key),
      ...[...likes, ...saves, ...endorsements, ...comments].filter(({ person: key, title, daysAgo }) => person(key)!.joined <= daysAgo || caseOf(title)!.published < daysAgo).map(({ title }) => title),
      ...follows.filter(({ follower, followed, daysAgo }) => person(follower)!.joined <= daysAgo || person(followed)!.joined <= daysAgo).map(({ follower }) => follower),
      ...supports.filter(({ donor, daysAgo }) => person(donor)!.joined <= daysAgo).map(({ key }) => key),
      ...supports.filter(({ to, kind, daysAgo }) => (kind === 'case' ? caseOf(to)!.published < daysAgo || closedOn(caseOf(to)!) !== undefined : person(to)!.joined <= daysAgo)).map(({ key }) => key),
      ...reports.filter(({ by, title, daysAgo }) => person(by)!.joined <= daysAgo || caseOf(title)!.published < daysAgo).map(({ title }) => title),
      ...claims.filter(({ person: key, clinic, daysAgo }) => person(key)!.joined <= daysAgo || clinics.find((one) => one.key === clinic)!.entered < daysAgo).map(({ clinic }) => clinic),
      ...adoptions.filter(({ lister, interested, daysAgo }) => [lister, ...interested].some((key) => person(key)!.joined <= daysAgo)).map(({ name }) => name),
      ...badges.filter(({ person: key, daysAgo }) => person(key)!.joined <= daysAgo).map(({ person: key }) => key),
      ...campaigns.flatMap(({ cases: titles, created }) => titles.filter((title) => caseOf(title)!.published <= created)),
    ];
    expect(tooEarly).toEqual([]);
  });

  it('has people vouch for open cases of others, and talk', () => {
    expect(endorsements.filter(({ person: key, title, daysAgo }) => caseOf(title)!.owner === key || daysAgo <= (closedOn(caseOf(title)!) ?? -1))).toEqual([]);
    expect(repeated(endorsements.map(({ person: key, title }) => `${key} ${title}`))).toEqual([]);
    expect(endorsements.length).toBeGreaterThan(25);
    expect(comments.length).toBeGreaterThan(20);
    expect(comments.filter(({ reply }) => reply).length).toBeGreaterThan(8);
    expect(repeated(comments.map(({ text, title }) => `${text} ${title}`))).toEqual([]);
  });

  it('lets a clinic write only where somebody runs it', () => {
    const written = cases.filter(({ updates }) => updates.some(({ by }) => by === 'clinic'));
    expect(written.length).toBeGreaterThan(20);
    expect(written.filter(({ clinic }) => !clinics.find(({ key }) => key === clinic)?.owner).map(({ title }) => title)).toEqual([]);
  });

  it('shares out 150 to 180 gifts of 1 to 300 euros, to oneself none', () => {
    expect(donations.length).toBeGreaterThanOrEqual(150);
    expect(donations.length).toBeLessThanOrEqual(180);
    expect(donations.filter(({ amount }) => amount < 100 || amount > 30_000)).toEqual([]);
    expect(donations.filter(({ donor, to, kind }) => kind === 'case' && caseOf(to)!.owner === donor)).toEqual([]);
    expect(repeated(donations.map(({ donor, to, amount }) => `${donor} ${to} ${amount}`))).toEqual([]);
    expect(countBy(donations.map(({ outcome }) => outcome))).toMatchObject({ declined: 7, 'left open': 3 });
    expect(donations.filter(({ anonymous }) => anonymous).length).toBeGreaterThan(15);
  });

  it('pays clinics out of what was given before, fees aside', () => {
    for (const { case: title, daysAgo } of invoices.filter(({ reference }) => reference)) {
      const given = donations.filter((gift) => gift.to === title && gift.outcome === 'paid' && gift.daysAgo > daysAgo).reduce((sum, { amount }) => sum + amount, 0);
      expect(invoices.filter((one) => one.case === title).reduce((sum, { amount }) => sum + amount, 0)).toBeLessThan(given * 0.9);
    }
  });

  it('funds exactly the cases that it says', () => {
    const raised = (title: string): number => donations.filter(({ to, outcome }) => to === title && outcome === 'paid').reduce((sum, { amount }) => sum + amount, 0);
    expect(cases.filter(({ title, goal, gifts }) => raised(title) >= goal * 100 !== (gifts === 'funded')).map(({ title }) => title)).toEqual([]);
    expect(cases.filter(({ gifts }) => gifts === 'funded').length).toBeGreaterThan(12);
  });
});
