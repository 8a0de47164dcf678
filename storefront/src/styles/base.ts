import { css } from "lit";

/**
 * Colours and sizes that a shop may set (`--b2b-*`, see the README), and the parts that every
 * element is built of. Lit adopts these as constructed style sheets, so a strict `style-src` has
 * nothing to forbid; for the same reason no template may carry a `style` attribute.
 */
export const baseStyles = css`
  :host {
    --_text: var(--b2b-text, light-dark(#1b2130, #eef1f7));
    --_muted: var(--b2b-muted, light-dark(#535d70, #aab3c5));
    --_surface: var(--b2b-surface, light-dark(#ffffff, #171b23));
    --_raised: var(--b2b-raised, light-dark(#f6f8fb, #1f2530));
    --_border: var(--b2b-border, light-dark(#d8dee8, #363e4e));
    --_control: var(--b2b-control-border, light-dark(#7b8598, #7d889d));
    --_accent: var(--b2b-accent, light-dark(#1f4fd8, #8fb3ff));
    --_on-accent: var(--b2b-on-accent, light-dark(#ffffff, #0d1a36));
    --_success: var(--b2b-success, light-dark(#17763b, #5fd38a));
    --_warning: var(--b2b-warning, light-dark(#8f5200, #f3b65c));
    --_danger: var(--b2b-danger, light-dark(#b3261e, #ff9c94));
    --_focus: var(--b2b-focus, var(--_accent));
    --_radius: var(--b2b-radius, 12px);
    --_control-radius: var(--b2b-control-radius, 8px);

    box-sizing: border-box;
    color: var(--_text);
    /* Sizes follow the place the element is given, not the window: it may stand in a column. */
    container-type: inline-size;
    display: block;
    font-family: var(--b2b-font-family, inherit);
    font-size: var(--b2b-font-size, 1rem);
    /* A size container has no width of its own to offer: in a flex row it would vanish. */
    inline-size: 100%;
    line-height: 1.5;
    text-align: start;
  }

  /* Browsers from before 2024: light only, rather than no colour at all. */
  @supports not (color: light-dark(#000, #fff)) {
    :host {
      --_text: var(--b2b-text, #1b2130);
      --_muted: var(--b2b-muted, #535d70);
      --_surface: var(--b2b-surface, #ffffff);
      --_raised: var(--b2b-raised, #f6f8fb);
      --_border: var(--b2b-border, #d8dee8);
      --_control: var(--b2b-control-border, #7b8598);
      --_accent: var(--b2b-accent, #1f4fd8);
      --_on-accent: var(--b2b-on-accent, #ffffff);
      --_success: var(--b2b-success, #17763b);
      --_warning: var(--b2b-warning, #8f5200);
      --_danger: var(--b2b-danger, #b3261e);
    }
  }

  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  p,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }

  ul {
    list-style: none;
  }

  svg {
    display: block;
    fill: none;
    flex: none;
    block-size: 1.25em;
    inline-size: 1.25em;
    stroke: currentcolor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 2;
  }

  .visually-hidden {
    block-size: 1px;
    clip-path: inset(50%);
    inline-size: 1px;
    overflow: hidden;
    position: absolute;
    white-space: nowrap;
  }

  .panel {
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    padding: clamp(1rem, 4cqi, 1.75rem);
  }

  .button {
    align-items: center;
    background: transparent;
    border: 1px solid var(--_control);
    border-radius: var(--_control-radius);
    color: var(--_text);
    cursor: pointer;
    display: inline-flex;
    font: inherit;
    font-weight: 600;
    gap: 0.5em;
    justify-content: center;
    line-height: 1.25;
    min-block-size: 2.75rem;
    padding: 0.5rem 1rem;
    position: relative;
    text-align: center;
    text-decoration: none;
  }

  .button:hover {
    background: var(--_raised);
    border-color: var(--_text);
  }

  .button.primary {
    background: var(--_accent);
    border-color: var(--_accent);
    color: var(--_on-accent);
  }

  .button.primary:hover {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
  }

  .button[aria-disabled="true"] {
    cursor: default;
  }

  .button[aria-disabled="true"],
  .button[aria-disabled="true"]:hover {
    background: var(--_raised);
    border-color: var(--_control);
    color: var(--_muted);
  }

  :focus-visible {
    outline: 3px solid var(--_focus);
    outline-offset: 2px;
  }

  /* Text that gets the focus when the button that had it goes away: nothing to operate. */
  [tabindex="-1"]:focus {
    outline: none;
  }

  @media (forced-colors: active) {
    .button {
      border-color: LinkText;
    }

    button.button {
      border-color: ButtonText;
    }

    .button[aria-disabled="true"] {
      border-color: GrayText;
      color: GrayText;
    }
  }
`;
