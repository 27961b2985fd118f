import { type IconName, type IconShape, iconShapes } from './paths.ts';

interface IconProps {
  name: IconName;
  /** In CSS pixels. */
  size?: number;
}

/** A decorative icon: the control around it carries the label. */
export function Icon({ name, size = 24 }: IconProps) {
  const shape: IconShape = iconShapes[name];
  return (
    <svg
      className={shape.fill ? 'icon icon-filled' : 'icon'}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shape.path} />
    </svg>
  );
}
