//! Findings about handouts that need no typesetting, before the gate.
//!
//! Refuses: looking at a theme's fonts for a site that makes no handouts.
//! Invariant: what is checked is what is planned.

use super::Prepared;
use crate::diag::Sink;
use crate::model::entry::EntryIx;
use crate::output::Subject;
use crate::output::handout::{Form, Owner};
use crate::print::check::{check as check_bulletin, check_settings};
use crate::print::choice;
use crate::print::layout::Layout;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Reports what is wrong with the choice of handouts, and what their bulletins have that paper cannot show.
pub(super) fn check(prepared: &Prepared, sink: &mut Sink) {
    let model = &prepared.model;
    choice::check(model, sink);
    let mut wanted: BTreeMap<EntryIx, Vec<&'static Layout>> = BTreeMap::new();
    for target in prepared.targets.values() {
        let Subject::Handout(handout, Form::Sheets) = &target.subject else { continue };
        let entries = match handout.owner {
            Owner::Bulletin(ix) => vec![ix],
            Owner::Booklet(number) => {
                let parts = choice::parts(model, &model.config.handouts.booklets[number]);
                parts.into_iter().flat_map(|part| part.entries).collect()
            }
            Owner::Village(_) => Vec::new(),
        };
        for ix in entries {
            let layouts = wanted.entry(ix).or_default();
            if !layouts.contains(&handout.layout()) {
                layouts.push(handout.layout());
            }
        }
    }
    let asked = model.entries().filter(|(_, entry)| !choice::unfillable(&model.config, entry).is_empty());
    for (ix, _) in asked {
        wanted.entry(ix).or_default();
    }
    if wanted.is_empty() {
        return;
    }
    let files = prepared.theme.print();
    let found: Vec<Sink> = wanted
        .into_par_iter()
        .map(|(ix, layouts)| {
            let mut notes = Sink::new();
            let entry = model.entry(ix);
            check_bulletin(model, files, entry, &layouts, entry.meta.title.span, &mut notes);
            for (layout, at) in choice::unfillable(&model.config, entry) {
                check_bulletin(model, files, entry, &[layout], at, &mut notes);
            }
            notes
        })
        .collect();
    found.into_iter().for_each(|notes| sink.append(notes));
    check_settings(model, files, sink);
}
