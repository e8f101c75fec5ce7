"""What every web page shares: base templates, design tokens, components, icons and tags for Vietnamese figures."""
