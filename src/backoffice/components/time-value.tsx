import type { BasePropertyProps } from 'adminjs';
import React, { type FC } from 'react';
import { PropertyBox } from './property-box.js';

const format = new Intl.DateTimeFormat('en-GB', {
  year: 'numeric',
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});

/** A moment in the reader's own time zone, which is named; the exact UTC time on hover. */
export const Moment: FC<{ iso: string }> = ({ iso }) => (
  <time dateTime={iso} title={iso} style={{ whiteSpace: 'nowrap' }}>
    {format.format(new Date(iso))}
  </time>
);

const TimeValue: FC<BasePropertyProps> = (props) => {
  const iso: unknown = props.record?.params[props.property.path];
  return (
    <PropertyBox {...props}>
      {typeof iso === 'string' && iso !== '' ? <Moment iso={iso} /> : null}
    </PropertyBox>
  );
};

export default TimeValue;
