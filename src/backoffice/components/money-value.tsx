import type { BasePropertyProps } from 'adminjs';
import React, { type FC } from 'react';
import { PropertyBox } from './property-box.js';

/** Minor units as money: 2550 with EUR is "25.50 EUR", 2550 with JPY is "2,550 JPY". */
export function formatMoney(minorUnits: string, currency: string): string {
  const { maximumFractionDigits: digits = 0 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  const negative = minorUnits.startsWith('-');
  // By text and not by division: amounts may be larger than a number holds exactly.
  const padded = minorUnits.replace('-', '').padStart(digits + 1, '0');
  const whole = BigInt(padded.slice(0, padded.length - digits)).toLocaleString('en');
  const fraction = digits > 0 ? `.${padded.slice(-digits)}` : '';
  return `${negative ? '-' : ''}${whole}${fraction} ${currency}`;
}

const MoneyValue: FC<BasePropertyProps> = (props) => {
  const { property, record } = props;
  const amount = String(record?.params[property.path] ?? '');
  const currency = String(record?.params[property.custom['currency']] ?? '').toUpperCase();
  const known = /^-?\d+$/.test(amount) && /^[A-Z]{3}$/.test(currency);
  return (
    <PropertyBox {...props}>
      <span style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
        {known ? formatMoney(amount, currency) : amount && `${amount} ${currency}`.trim()}
      </span>
    </PropertyBox>
  );
};

export default MoneyValue;
