//! Bodies as templates see them.
