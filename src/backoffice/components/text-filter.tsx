import { FormGroup, Input, Label } from '@adminjs/design-system';
import { type FilterPropertyProps, useTranslation } from 'adminjs';
import React, { type FC } from 'react';

/** Filters an array column by text in any of its elements. */
const TextFilter: FC<FilterPropertyProps> = ({ property, filter, onChange }) => {
  const { translateProperty } = useTranslation();
  return (
    <FormGroup variant="filter">
      <Label>{translateProperty(property.label, property.resourceId)}</Label>
      <Input
        name={`filter-${property.path}`}
        value={String(filter[property.path] ?? '')}
        onChange={(event: { target: { value: string } }) => onChange(property.path, event.target.value)}
      />
    </FormGroup>
  );
};

export default TextFilter;
