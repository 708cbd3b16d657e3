import { FormGroup, Input, Label } from '@adminjs/design-system';
import { type FilterPropertyProps, useTranslation } from 'adminjs';
import React, { type FC } from 'react';

const ENDS = ['from', 'to'];

/** Filters a column of days. AdminJS's own filter sends the reader's midnight in UTC, which is another day. */
const DayRangeFilter: FC<FilterPropertyProps> = ({ property, filter, onChange }) => {
  const { translateProperty } = useTranslation();
  return (
    <FormGroup variant="filter">
      <Label>{translateProperty(property.label, property.resourceId)}</Label>
      {ENDS.map((end) => {
        const key = `${property.path}~~${end}`;
        return (
          <React.Fragment key={end}>
            <Label htmlFor={key}>- {translateProperty(end)}:</Label>
            <Input
              id={key}
              type="date"
              value={String(filter[key] ?? '')}
              onChange={(event: { target: { value: string } }) => onChange(key, event.target.value)}
            />
          </React.Fragment>
        );
      })}
    </FormGroup>
  );
};

export default DayRangeFilter;
