import type { DemoPerson } from './plan.js';

/** Logins that the start prints: one of each kind. */
export const WELL_KNOWN = ['admin', 'rescuer', 'donor', 'clinic'] as const;

const STAFF: DemoPerson[] = [
  { key: 'admin', name: 'Elena Stoyanova', role: 'admin', city: 'Sofia', joined: 58, userType: 'exploring', bio: 'Looks after the queue of new cases. Write to me when something seems wrong.' },
  { key: 'finance', name: 'Nikola Petkov', role: 'admin', city: 'Sofia', joined: 57, userType: 'exploring', bio: 'Keeps the books, and is the second pair of eyes on every invoice.' },
];

const RESCUERS: DemoPerson[] = [
  { key: 'rescuer', name: 'Maria Ivanova', role: 'user', city: 'Sofia', joined: 56, userType: 'pet_lover', verification: 'community', bio: 'Twelve years of stray dogs in Lyulin and Nadezhda. Two of them stayed.' },
  { key: 'ivan.dimitrov', name: 'Ivan Dimitrov', role: 'user', city: 'Sofia', joined: 55, userType: 'pet_lover', bio: 'Таксиметров шофьор. Нощем виждам най-много от тях и не мога да ги подмина.' },
  { key: 'tsvetelina.koleva', name: 'Tsvetelina Koleva', role: 'volunteer', city: 'Sofia', joined: 54, userType: 'volunteer', verification: 'community', volunteerAvailability: 'available', volunteerCapabilities: ['rescue', 'fostering'], bio: 'Приемен дом за котки в Младост. Обикновено са четири, веднъж бяха единайсет.' },
  { key: 'georgi.todorov', name: 'Georgi Todorov', role: 'user', city: 'Sofia', joined: 53, userType: 'pet_lover', bio: 'I run in Vitosha park and come back with puppies more often than planned.' },
  { key: 'desislava.nikolova', name: 'Desislava Nikolova', role: 'user', city: 'София', joined: 52, userType: 'pet_lover', displayName: 'Деси от Дружба', bio: 'Храня колонията зад блока от 2014 г. Всички са кастрирани, пазя им и документите.' },
  { key: 'sofia.petrova', name: 'Sofia Petrova', role: 'user', city: 'Varna', joined: 57, userType: 'pet_lover', verification: 'partner', bio: 'Founder of a small shelter above Vinitsa. Every bill is posted, always.' },
  { key: 'radostina.marinova', name: 'Radostina Marinova', role: 'user', city: 'Варна', joined: 51, userType: 'pet_lover', bio: 'Учителка. Учениците ми вече знаят какво се прави, когато намериш таралеж.' },
  { key: 'kaloyan.hristov', name: 'Kaloyan Hristov', role: 'user', city: 'Varna', joined: 50, userType: 'pet_lover', bio: 'Harbour pilot. The port cats have names and a vaccination calendar.' },
  { key: 'stefan.angelov', name: 'Stefan Angelov', role: 'user', city: 'Plovdiv', joined: 55, userType: 'pet_lover', verification: 'community', bio: 'Retired railwayman, Trakia district. I drive, I carry, I build kennels.' },
  { key: 'yana.vasileva', name: 'Yana Vasileva', role: 'user', city: 'Пловдив', joined: 49, userType: 'pet_lover', bio: 'Илюстраторка от Капана. Рисувам портрети срещу гранули за приюта.' },
  { key: 'boris.kostov', name: 'Boris Kostov', role: 'user', city: 'Plovdiv', joined: 48, userType: 'pet_lover', isPublic: false, bio: 'I would rather the animals were in the pictures.' },
  { key: 'milena.zheleva', name: 'Milena Zheleva', role: 'user', city: 'Бургас', joined: 47, userType: 'pet_lover', bio: 'Орнитолог любител. Пролетта и есента телефонът ми не спира.' },
  { key: 'plamen.rusev', name: 'Plamen Rusev', role: 'user', city: 'Русе', joined: 46, userType: 'pet_lover', bio: 'Рибар на Дунав. Намирам ги в чували по брега, затова съм тук.' },
  { key: 'ralitsa.doncheva', name: 'Ralitsa Doncheva', role: 'user', city: 'Stara Zagora', joined: 45, userType: 'pet_lover', bio: 'Mail carrier. I know every yard dog between Zagore and the old town.' },
  { key: 'viktor.manolov', name: 'Viktor Manolov', role: 'user', city: 'Sofia', joined: 4, userType: 'exploring' },
];

const VOLUNTEERS: DemoPerson[] = [
  { key: 'dimitar.varbanov', name: 'Dimitar Varbanov', role: 'volunteer', city: 'Варна', joined: 50, userType: 'volunteer', volunteerAvailability: 'available', volunteerCapabilities: ['transport', 'rescue'], bio: 'Имам бус и свободни съботи. Карам навсякъде между Дуранкулак и Обзор.' },
  { key: 'elitsa.boneva', name: 'Elitsa Boneva', role: 'volunteer', city: 'Plovdiv', joined: 44, userType: 'volunteer', volunteerAvailability: 'busy', volunteerCapabilities: ['fostering', 'events'], bio: 'Foster home for mothers with kittens. Saturday adoption days at the Rowing Canal.' },
  { key: 'martin.slavov', name: 'Martin Slavov', role: 'volunteer', city: 'Sofia', joined: 43, userType: 'volunteer', volunteerAvailability: 'available', volunteerCapabilities: ['transport', 'social_media'], bio: 'Photos, short films and a car with a very hairy back seat.' },
];

const CLINIC_OWNERS: DemoPerson[] = [
  { key: 'clinic', name: 'Dr. Petar Iliev', role: 'user', city: 'Sofia', joined: 57, userType: 'business', verification: 'clinic', bio: 'Surgeon, Serdika Animal Hospital.' },
  { key: 'gergana.mladenova', name: 'Д-р Гергана Младенова', role: 'user', city: 'София', joined: 56, userType: 'business', verification: 'clinic', bio: 'Клиника „Добро сърце“. Котките са ми слабост.' },
  { key: 'hristo.penev', name: 'Д-р Христо Пенев', role: 'user', city: 'Варна', joined: 56, userType: 'business', verification: 'clinic', bio: 'Спешна ветеринарна помощ, денонощно.' },
  { key: 'vesela.arnaudova', name: 'Dr. Vesela Arnaudova', role: 'user', city: 'Plovdiv', joined: 55, userType: 'business', verification: 'clinic', bio: 'Ophthalmology and everything that cannot wait until Monday.' },
  { key: 'asen.kirov', name: 'Dr. Asen Kirov', role: 'user', city: 'Burgas', joined: 54, userType: 'business', verification: 'clinic', bio: 'Storks, gulls, pelicans; dogs and cats as well.' },
  { key: 'silviya.yordanova', name: 'Д-р Силвия Йорданова', role: 'user', city: 'Русе', joined: 53, userType: 'business', bio: 'Кастрационни кампании в областта от 2011 г.' },
];

/** Key, name, city, days since joining. */
const DONORS: [key: string, name: string, city: string, joined: number][] = [
  ['donor', 'Nikolay Georgiev', 'Sofia', 56],
  ['anna.hristova', 'Anna Hristova', 'Sofia', 54],
  ['petya.ilieva', 'Петя Илиева', 'София', 53],
  ['todor.mihaylov', 'Todor Mihaylov', 'Plovdiv', 53],
  ['kristina.popova', 'Kristina Popova', 'Varna', 52],
  ['hristina.dancheva', 'Христина Данчева', 'Пловдив', 52],
  ['alexander.kolev', 'Alexander Kolev', 'Sofia', 51],
  ['lyubomir.tsonev', 'Любомир Цонев', 'Варна', 51],
  ['gabriela.stancheva', 'Gabriela Stancheva', 'Burgas', 50],
  ['rumen.atanasov', 'Румен Атанасов', 'София', 50],
  ['emma.schneider', 'Emma Schneider', 'Berlin', 49],
  ['vladimir.yankov', 'Владимир Янков', 'Русе', 49],
  ['teodora.lazarova', 'Teodora Lazarova', 'Sofia', 48],
  ['simeon.parvanov', 'Симеон Първанов', 'Стара Загора', 48],
  ['monika.raeva', 'Monika Raeva', 'Varna', 47],
  ['james.whitfield', 'James Whitfield', 'Manchester', 47],
  ['zornitsa.peeva', 'Зорница Пеева', 'Пловдив', 46],
  ['daniel.kunchev', 'Daniel Kunchev', 'Sofia', 46],
  ['violeta.genova', 'Виолета Генова', 'София', 45],
  ['stoyan.balev', 'Stoyan Balev', 'Pleven', 45],
  ['nadezhda.ruskova', 'Надежда Рускова', 'Бургас', 44],
  ['ivaylo.minchev', 'Ivaylo Minchev', 'Sofia', 44],
  ['mila.dobreva', 'Мила Добрева', 'София', 43],
  ['claire.moreau', 'Claire Moreau', 'Lyon', 43],
  ['boyan.tsvetkov', 'Boyan Tsvetkov', 'Plovdiv', 42],
  ['iskra.velinova', 'Искра Велинова', 'Велико Търново', 42],
  ['angel.sotirov', 'Angel Sotirov', 'Varna', 41],
  ['nevena.kalcheva', 'Невена Калчева', 'София', 41],
  ['filip.grozev', 'Filip Grozev', 'Sofia', 40],
  ['dora.mincheva', 'Дора Минчева', 'Благоевград', 40],
];

const DONOR_BIOS: Record<string, string> = {
  donor: 'Ten euros a week, wherever they are needed most.',
  'petya.ilieva': 'Чета всяка фактура, преди да дам, и после пак давам.',
  'emma.schneider': 'My dog Luna came from a shelter above Varna. This is for the ones still there.',
  'james.whitfield': 'Adopted from Plovdiv in 2021, grateful ever since.',
  'nevena.kalcheva': 'Две котки, едно куче и постоянно нареждане.',
};

export const PEOPLE: DemoPerson[] = [
  ...STAFF,
  ...RESCUERS,
  ...VOLUNTEERS,
  ...CLINIC_OWNERS,
  ...DONORS.map(([key, name, city, joined]): DemoPerson => ({ key, name, role: 'user', city, joined, userType: 'pet_lover', bio: DONOR_BIOS[key] })),
];

/** Keys of those who give, in the order of the list. */
export const DONOR_KEYS = DONORS.map(([key]) => key);
