/** The product's sign. */
export function Logo({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" style={{ flex: 'none' }}>
      <rect width="24" height="24" rx="6" fill="var(--sk-accent)" />
      <g fill="var(--sk-on-accent)">
        <rect x="4.75" y="4.75" width="14.5" height="3.5" rx="1.75" />
        <rect x="4.75" y="15.75" width="14.5" height="3.5" rx="1.75" />
      </g>
      <g fill="none" stroke="var(--sk-on-accent)" strokeWidth="1.5" strokeLinecap="round">
        <path d="M7.25 8.5v7M16.75 8.5v7M10.25 11h3.5M10.25 13.5h2" />
      </g>
    </svg>
  )
}
