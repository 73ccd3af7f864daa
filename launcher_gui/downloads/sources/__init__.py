"""Where files come from: what an address means, who is asked under which name, and why a site says no."""
