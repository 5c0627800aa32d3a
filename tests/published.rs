//! What is published, whatever is written: no file that must stay, and no address that leads nowhere.

#[path = "published/kept.rs"]
mod kept;
#[path = "published/links.rs"]
mod links;
#[path = "support/memory.rs"]
mod memory;
