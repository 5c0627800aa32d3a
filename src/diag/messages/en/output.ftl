# Pages and templates
