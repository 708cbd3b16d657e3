import { Box, Button, DrawerContent, DrawerFooter, FormGroup, FormMessage, Label } from '@adminjs/design-system';
import type { ActionProps } from 'adminjs';
import React, { type FC, useState } from 'react';
import type { BackofficeField } from '../../platform/backoffice/backoffice-resource.js';
import { FieldInput } from './command-form.js';

/** Asks for what a file is made of; the browser then fetches it as any link, so that it may be large. */
const DownloadForm: FC<ActionProps> = ({ action, resource }) => {
  const { fields, path } = action.custom as { fields: Record<string, BackofficeField>; path: string };
  const [values, setValues] = useState<Record<string, string>>({});
  return (
    <Box as="form" method="get" action={path} flex flexDirection="column" data-testid={`${resource.id}-${action.name}`}>
      <DrawerContent>
        {Object.entries(fields).map(([name, field]) => (
          <FormGroup key={name}>
            <Label htmlFor={name} required={field.required}>
              {field.label}
            </Label>
            <FieldInput name={name} field={field} value={values[name] ?? ''} onChange={(value) => setValues({ ...values, [name]: value })} />
            <FormMessage>{field.help}</FormMessage>
          </FormGroup>
        ))}
      </DrawerContent>
      <DrawerFooter>
        <Button type="submit" variant="contained">
          Download
        </Button>
      </DrawerFooter>
    </Box>
  );
};

export default DownloadForm;
