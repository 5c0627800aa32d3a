//! What staff do at a site besides publishing it: look at it, begin a bulletin, count a register, pack it up. The command line asks for it, and an
//! editor can.
//!
//! Refuses: to print. What there is to say is returned as messages.

pub mod backup;
pub mod folders;
pub mod form;
pub mod mend;
pub mod new_site;
pub mod recent;
pub mod review;
pub mod samples;
pub mod site;
pub mod tabulate;
