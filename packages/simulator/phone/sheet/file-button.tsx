import { useId } from 'react';
import { Icon } from '../icons/icon.tsx';

interface FileButtonProps {
  label: string;
  accept: string;
  onFile: (file: File) => void;
}

/** Opens the device's own file picker; the input is the control, the label its looks. */
export function FileButton({ label, accept, onFile }: FileButtonProps) {
  const id = useId();
  return (
    <div className="file-button">
      <input
        id={id}
        type="file"
        accept={accept}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) onFile(file);
          event.currentTarget.value = '';
        }}
      />
      <label htmlFor={id}>
        <Icon name="plus" size={20} /> {label}
      </label>
    </div>
  );
}
