import { cityKey } from './city-key.js';

describe('cityKey', () => {
  it.each([
    ['sofia', ['София', 'СОФИЯ', 'Sofia', ' sofia ', 'Sofiya', 'гр. София', 'Sófia']],
    ['varna', ['Варна', 'Varna', 'VARNA']],
    ['plovdiv', ['Пловдив', 'Plovdiv']],
    ['burgas', ['Бургас', 'Burgas', 'Bourgas']],
    ['stara zagora', ['Стара Загора', 'Stara  Zagora', 'stara-zagora']],
    ['veliko tarnovo', ['Велико Търново', 'Veliko Turnovo']],
    ['kyiv', ['Київ', 'Киев', 'Kyiv', 'Kiev']],
    ['lviv', ['Львів', 'Львов', 'Lviv']],
    ['munich', ['München', 'Мюнхен', 'Munich', 'Muenchen']],
    ['berlin', ['Берлин', 'Берлін', 'Berlin']],
  ])('meets the spellings of %s', (key, names) => {
    expect(names.map(cityKey)).toEqual(names.map(() => key));
  });

  it('keeps different cities apart', () => {
    const names = ['Видин', 'Враца', 'Добрич', 'Добрички', 'Шумен', 'Сливен', 'Плевен', 'Перник', 'Русе', 'Гроссето', 'Градец'];
    expect(new Set(names.map(cityKey)).size).toBe(names.length);
  });

  it('answers nothing for a name without letters', () => {
    expect(cityKey(' -- ')).toBe('');
  });
});
