import type { DemoReport } from './plan.js';

/** What people found wrong, and what came of it. */
export const REPORTS: DemoReport[] = [
  {
    by: 'ralitsa.doncheva', title: 'Чувалът на кея беше пълен с кученца', daysAgo: 20, reason: 'incorrect_information',
    details: 'На снимката са шест кученца, в текста са седем.',
    outcome: { after: 1, action: 'no_action', notes: 'Седмото вече беше в клиниката, когато са снимани.' },
  },
  {
    by: 'tsvetelina.koleva', title: 'Help my dog urgent operation please share', daysAgo: 5, reason: 'suspected_scam',
    details: 'I know this text word for word from a foreign page, and no clinic is named.', outcome: { after: 1, action: 'reviewing' },
  },
  {
    by: 'ivan.dimitrov', title: 'Max needs a new hip', daysAgo: 1, reason: 'incorrect_information',
    details: 'Half of what he asks for is a normal price for this operation.',
    outcome: { after: 0, action: 'warn_user', notes: 'Please add the estimate of the clinic, so that donors can see what the operation costs.' },
    appeal: 'The estimate is on paper. I had no way to scan it on a Sunday, and I was going to.',
  },
  { by: 'kaloyan.hristov', title: 'Rex was hit by a car on Slivnitsa Boulevard', daysAgo: 0, reason: 'duplicate_case', details: 'Is this the dog from the Lyulin group?' },
];
