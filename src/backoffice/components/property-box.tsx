import { ValueGroup } from '@adminjs/design-system';
import { type BasePropertyProps, useTranslation } from 'adminjs';
import React, { type FC, type PropsWithChildren } from 'react';

/** A value as it stands: bare in a list, under its label on a record's page. */
export const PropertyBox: FC<PropsWithChildren<BasePropertyProps>> = ({ where, property, children }) => {
  const { translateProperty } = useTranslation();
  if (where !== 'show') return <>{children}</>;
  return <ValueGroup label={translateProperty(property.label, property.resourceId)}>{children}</ValueGroup>;
};
