# Between bulletins: addresses, references, site settings
