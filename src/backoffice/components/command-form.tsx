import { Box, Button, CheckBox, DrawerContent, DrawerFooter, FormGroup, FormMessage, Input, Label, MessageBox, Select, TextArea } from '@adminjs/design-system';
import { type ActionProps, ApiClient, type RecordJSON, useNotice } from 'adminjs';
import React, { type FC, type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { BackofficeField } from '../../platform/backoffice/backoffice-resource.js';

interface FormDescription {
  fields: Record<string, BackofficeField>;
  needsReason: boolean;
  confirm: string | null;
  submitLabel: string;
  danger: boolean;
}

const REASON: BackofficeField = { label: 'Reason', type: 'textarea', required: true, help: 'Kept in the audit log.' };

/** The form of every command: its fields, the reason, the confirmation. */
const CommandForm: FC<ActionProps> = ({ action, resource, record }) => {
  const form = action.custom as FormDescription;
  const fields = form.needsReason ? { ...form.fields, reason: REASON } : form.fields;
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(Object.keys(form.fields).map((name) => [name, String(record?.params[name] ?? '')])),
  );
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [confirmed, setConfirmed] = useState(false);
  const [busy, setBusy] = useState(false);
  const notify = useNotice();
  const navigate = useNavigate();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const call = { resourceId: resource.id, actionName: action.name, data: values };
    const api = new ApiClient();
    try {
      const { data } = await (record ? api.recordAction({ ...call, recordId: record.id }) : api.resourceAction(call));
      const answered: RecordJSON | undefined = data['record'];
      if (data.notice) notify(data.notice);
      setErrors(Object.fromEntries(Object.entries(answered?.errors ?? {}).map(([name, error]) => [name, error.message])));
      if (data.redirectUrl) navigate(data.redirectUrl);
    } catch {
      notify({ message: 'This did not reach the server. Try again.', type: 'error' });
    } finally {
      setBusy(false);
    }
  };

  return (
    <Box as="form" onSubmit={submit} flex flexDirection="column" noValidate>
      <DrawerContent>
        {Object.entries(fields).map(([name, field]) => (
          <FormGroup key={name} error={name in errors}>
            <Label htmlFor={name} required={field.required}>
              {field.label}
            </Label>
            <FieldInput name={name} field={field} value={values[name] ?? ''} onChange={(value) => setValues({ ...values, [name]: value })} />
            <FormMessage>{errors[name] ?? field.help}</FormMessage>
          </FormGroup>
        ))}
        {form.confirm ? (
          <>
            <MessageBox variant={form.danger ? 'danger' : 'info'} message={form.confirm} mb="lg" />
            <FormGroup>
              <CheckBox id="confirmed" checked={confirmed} onChange={() => setConfirmed(!confirmed)} />
              <Label htmlFor="confirmed" inline ml="default">
                I am sure
              </Label>
            </FormGroup>
          </>
        ) : null}
      </DrawerContent>
      <DrawerFooter>
        <Button type="submit" variant="contained" color={form.danger ? 'danger' : 'primary'} disabled={busy || (form.confirm !== null && !confirmed)}>
          {form.submitLabel}
        </Button>
      </DrawerFooter>
    </Box>
  );
};

interface FieldInputProps {
  name: string;
  field: BackofficeField;
  value: string;
  onChange(value: string): void;
}

export const FieldInput: FC<FieldInputProps> = ({ name, field, value, onChange }) => {
  const typed = (event: { target: { value: string } }): void => onChange(event.target.value);
  switch (field.type) {
    case 'boolean':
      return <CheckBox id={name} checked={value === 'true'} onChange={() => onChange(value === 'true' ? 'false' : 'true')} />;
    case 'select': {
      const options = (field.options ?? []).map((option) => ({ value: option, label: option }));
      return (
        <Select
          inputId={name}
          value={options.find((option) => option.value === value) ?? null}
          options={options}
          isClearable={!field.required}
          onChange={(option: { value: string } | null) => onChange(option?.value ?? '')}
        />
      );
    }
    case 'textarea':
      return <TextArea id={name} name={name} rows={4} width={1} value={value} onChange={typed} />;
    default:
      return <Input id={name} name={name} type={field.type} width={1} value={value} onChange={typed} />;
  }
};

export default CommandForm;
