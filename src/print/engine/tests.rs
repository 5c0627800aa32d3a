//! Documents from small templates.
